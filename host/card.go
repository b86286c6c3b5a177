package host

// Display is what the POS wants the cashier to see in the screen's top bar. It is
// kept nowhere.
type Display struct {
	Lane   string `json:"lane,omitempty"`
	Sale   string `json:"sale,omitempty"`   // the sale's number as the cashier knows it; "": the sale's ID
	Amount string `json:"amount,omitempty"` // decimal dollars, "1249.00"; anything else is shown as it is
}

// Card is an answer on its way to the cashier: from the service to the screen, and
// to plain text.
type Card struct {
	SaleID  string // the POS's name for the sale
	Lane    string // whose sale it is; empty: the POS has not said
	Display Display
	At      int64 // Unix milliseconds of the event; the till's where it had none; 0: show no time
	// UTCOffsetMin is the till's; nil: show no clock time.
	UTCOffsetMin *int
	// CustomerLocale is the event's, for what is said to the customer; "" follows the cashier.
	CustomerLocale string
	Answer
}
