package simulator

import "slices"

// Secret is the client_secret of every merchant here.
const Secret = "synthetic-secret"

// Location is the store that every merchant here has registered with Flexiti
// (external_location_id); another is external_location_id_not_found.
const Location = "00-12345"

// Merchant is a store as Flexiti has set it up.
type Merchant struct {
	ClientID string `json:"client_id"`
	For      string `json:"for"`
}

// merchant says what a merchant may do.
type merchant struct {
	Merchant
	norole   bool // the developer-portal account has no rights
	preauth  bool // holds, and not captures at once alone
	override bool
	bypass   bool
	nonPrime bool
	business bool
	plans    []string
}

var merchants = []merchant{
	{Merchant: Merchant{"sim-store", "A store that is set up for everything"},
		preauth: true, override: true, bypass: true, nonPrime: true, business: true, plans: []string{"1001", "1002", "1003", "1004"}},
	{Merchant: Merchant{"sim-small", "A store that is set up for little: auth_not_allowed without auto_capture, merchant_override_is_not_allowed, " +
		"regular_purchase_bypass_is_not_allowed, plan_term_not_set but for plan 1001, no customers that are not prime, no businesses"},
		plans: []string{"1001"}},
	{Merchant: Merchant{"sim-norole", "A store whose account in the developer portal has no rights: invalid_role"}, norole: true},
}

// Merchants gives the merchants that there are.
func Merchants() (all []Merchant) {
	for i := range merchants {
		all = append(all, merchants[i].Merchant)
	}
	return all
}

func merchantOf(clientID string) *merchant {
	if i := slices.IndexFunc(merchants, func(m merchant) bool { return m.ClientID == clientID }); i >= 0 {
		return &merchants[i]
	}
	return nil
}
