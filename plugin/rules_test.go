package plugin

// moneyByContract is section 4 of the contract, "Money", written down a second
// time: the oracle for what a card may claim. known: the reply's code is documented.
func moneyByContract(op Operation, status int, code string, known bool) Money {
	switch op {
	case OpToken, OpI18n, OpTerms, OpDriversLicense, OpMerchantsLogin:
		return MoneyNone
	case OpTransactions, OpAuthorization, OpCapture, OpRelease, OpReturn, OpRefund, OpUnknown:
	default:
		return MoneyNotMoved
	}
	if code == "general_error" {
		return MoneyUnknown
	}
	switch {
	case status == 401, status == 403, status == 404, status == 429, status >= 465 && status <= 467:
		return MoneyNotMoved
	case status >= 400 && status <= 499 && status != 402 && status != 408 && known:
		return MoneyNotMoved
	}
	return MoneyUnknown
}
