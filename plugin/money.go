package plugin

// moneyOf says what a reply, or none, means for the customer's money. known
// says that the catalogue has the reply's code.
//
// It claims nothing that is not known: of a call that moves money, only a
// documented refusal, a status that turns a request away at the door, or a
// request that never left the till says that nothing moved.
func moneyOf(f Facts, known bool) Money {
	op := about(f.Operation)
	switch {
	case op.noMoney:
		return MoneyNone
	case op.kind != kindPayment:
		return MoneyNotMoved
	case f.Status == 0:
		if f.Sent == SentNo {
			return MoneyNotMoved
		}
		return MoneyUnknown
	case f.Code == codeGeneral:
		return MoneyUnknown
	}
	switch f.Status {
	case 401, 403, 404, 429, 465, 466, 467:
		return MoneyNotMoved
	case 402, 408:
		return MoneyUnknown
	}
	switch {
	case f.Status >= 200 && f.Status <= 299 && f.Code == "":
		return successMoney(f)
	case f.Status >= 400 && f.Status <= 499 && known:
		return MoneyNotMoved
	}
	return MoneyUnknown
}

// successMoney is for a money call that Flexiti says it carried out. An
// authorization is taken at once only with auto_capture (page 9601087); when
// the POS did not tell, no more is claimed than that the amount is held.
func successMoney(f Facts) Money {
	switch f.Operation {
	case OpAuthorization:
		if f.AutoCapture != nil && *f.AutoCapture {
			return MoneyMoved
		}
		return MoneyHeld
	case OpRelease:
		return MoneyNotMoved
	case OpUnknown:
		return MoneyUnknown
	}
	return MoneyMoved
}
