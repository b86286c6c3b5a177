package plugin

// maxUnanswered is how many events a sale may have that the module did not answer.
const maxUnanswered = 64

// unansweredEvent is one of them, as far as a host can tell without the module.
type unansweredEvent struct {
	operation Operation
	at        int64
}

// unanswered reads a sale as a host in another language keeps it when the module
// gave no answer: {"unanswered":[{"operation":…,"at":…}],"sale":…}, oldest first,
// with the sale as it was before them. A host without the ledger cannot write the
// doubt into a sale; here each event becomes what SafeAnswer makes of it, so that
// the card that it showed can be acted upon. No check guards this form: it only
// ever adds doubt.
func (c *codec) unanswered(s *Sale) {
	var events []unansweredEvent
	for o := c.object(); c.more(&o); {
		list(c, "unanswered", &events, maxUnanswered, (*codec).unansweredEvent)
		c.sale("sale", s)
	}
	if c.err != nil {
		*s = replacement()
		return
	}
	for _, e := range events {
		_, *s = safe(e.operation, e.at, *s)
	}
}

func (c *codec) unansweredEvent(e *unansweredEvent) {
	for o := c.object(); c.more(&o); {
		word(c, "operation", &e.operation, callable)
		optNum(c, "at", &e.at, 0, maxInteger)
	}
}
