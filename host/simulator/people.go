package simulator

import "slices"

// Account is a synthetic customer: what the simulator has of them, and what
// they are for. Nothing here belongs to anybody.
type Account struct {
	Number       string `json:"account_number"`
	For          string `json:"for"` // what happens with this account
	CustomerID   string `json:"customer_id"`
	Cards        []Card `json:"cards"`          // the first is the account's own; more are a business's authorised users'
	Type         string `json:"account_type"`   // consumer or business
	Province     string `json:"province"`       // QC has other plans than the rest of Canada
	Risk         string `json:"risk_rating"`    // L to XXXH (page 209780774)
	Category     string `json:"category_type"`  // preferred and premium are prime, standard is not (page 2290450538)
	Status       string `json:"account_status"` // only N can buy (page 209780774)
	Reason       string `json:"account_status_reason_code"`
	Inactive     bool   `json:"inactive,omitempty"`      // not activated in the customer portal yet
	FreezesLater bool   `json:"freezes_later,omitempty"` // looks normal until the purchase
	Limit        int64  `json:"credit_limit_cents"`
	Owed         int64  `json:"owed_cents"` // at the start
	FirstName    string `json:"first_name"`
	LastName     string `json:"last_name"`
	DOB          string `json:"dob"`
	PostalCode   string `json:"postal_code"`
	Language     string `json:"preferred_language"`
	Phone        string `json:"phone_number"` // empty: none on file
	Email        string `json:"email"`
	Question     string `json:"security_question"`
	Answer       string `json:"security_answer"`
	Word         string `json:"piw"`
}

// Card is a card of an account. Its number fails the check that card numbers pass.
type Card struct {
	Number string `json:"vcc_number"`
	For    string `json:"for"`
}

// Prime says whether the account may have the plans for prime customers.
func (a *Account) Prime() bool { return a.Category != "standard" }

// Accounts gives the synthetic people that every Simulator begins with.
func Accounts() []Account {
	all := slices.Clone(accounts)
	for i := range all {
		all[i].Cards = slices.Clone(all[i].Cards)
	}
	return all
}
