package simulator

// accounts are the people of every Simulator. Names, dates and addresses are
// made up; telephone numbers are of the 555-01xx kind that nobody has; card
// numbers fail the check that card numbers pass.
var accounts = []Account{
	person("20000001", "Sells: the ordinary customer, in Ontario", "Alex", Account{Limit: 1000000, Owed: 150000}),
	person("20000002", "Sells: lives in Quebec, so the plans are Quebec's, and speaks French", "Camille", Account{
		Province: "QC", Category: "premium", PostalCode: "H2X1Y4", Language: "fr-CA", Question: "Quelle était votre première rue?", Answer: "erable"}),
	person("20000003", "Sells on few plans: not a prime customer. sim-small takes no such customers", "Robin", Account{Category: "standard", Risk: "XXH"}),
	person("20000004", "Has $100 of credit left: credit_exceeded, not_enough_credit", "Dana", Account{Limit: 100000, Owed: 90000}),
	person("20000005", "Has not activated the account: user_not_active at lookup", "Jules", Account{Inactive: true}),
	person("20000006", "Is frozen: user_not_able_to_purchase", "Kim", Account{Status: "F", Reason: "FLCK"}),
	person("20000007", "Has missed a payment, so authorizations are prohibited: user_not_able_to_purchase", "Lou", Account{Status: "A", Reason: "AAUT"}),
	person("20000008", "Is charged off: user_not_able_to_purchase", "Max", Account{Status: "Z", Reason: "ZCOP"}),
	person("20000009", "Is closed: user_not_able_to_purchase", "Noa", Account{Status: "C", Reason: "FCLC"}),
	person("20000010", "Has no telephone on file: sms_not_valid_phone; a code by email goes through", "Pat", Account{Phone: none}),
	person("20000011", "Is frozen by the time of the purchase: lookup is well, authorization is user_not_able_to_purchase", "Sam", Account{FreezesLater: true}),
	person("20000012", "Sells on the fewest plans: in Quebec, and not prime", "Toni", Account{
		Province: "QC", Category: "standard", Risk: "XH", PostalCode: "G1R2B5", Language: "fr-CA"}),
	person("20000020", "Is a business: each authorised user has a card. sim-small takes no businesses", "Sample Furnishings", Account{
		Type: "business", Limit: 2500000, Cards: []Card{
			{"9000000000002000", "the business itself"}, {"9000000000002018", "its first authorised user"}, {"9000000000002026", "its second authorised user"}}}),
}

// none stands in the table for what is not on file, since the empty string
// takes what everybody has.
const none = "-"

// person fills in what a person has in common with the others.
func person(number, what, first string, a Account) Account {
	set := func(field *string, value string) {
		switch *field {
		case "":
			*field = value
		case none:
			*field = ""
		}
	}
	a.Number, a.For, a.FirstName = number, what, first
	tail := number[len(number)-2:]
	set(&a.CustomerID, "1"+number[1:])
	if a.Cards == nil {
		a.Cards = []Card{{"90000000000019" + tail, "the customer's own"}}
	}
	set(&a.Type, "consumer")
	set(&a.Province, "ON")
	set(&a.Risk, "L")
	set(&a.Category, "preferred")
	set(&a.Status, "N")
	set(&a.Reason, "NNOR")
	if a.Limit == 0 {
		a.Limit = 500000
	}
	set(&a.LastName, "Sample")
	set(&a.DOB, "1980-01-"+tail)
	set(&a.PostalCode, "K1A0B1")
	set(&a.Language, "en-CA")
	set(&a.Phone, "61355501"+tail)
	set(&a.Email, "customer"+tail+"@example.com")
	set(&a.Question, "What was your first street?")
	set(&a.Answer, "maple")
	set(&a.Word, "harbour")
	return a
}
