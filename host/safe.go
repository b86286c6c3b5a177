package host

import (
	"encoding/json"

	"github.com/tillwise/tillwise/plugin"
)

// Safe gives the card that stands in when the module cannot answer an event. It
// keeps the sale, and adds doubt where the operation may have moved money. For
// input that is no event at all it takes the zero Event.
func (e *Engine) Safe(ev Event) Answer {
	locale := plugin.Locale{Cashier: plugin.LangOf(ev.Locale), UTCOffsetMin: ev.UTCOffsetMin}
	if ev.CustomerLocale != "" {
		locale.Customer = plugin.LangOf(ev.CustomerLocale)
	}
	a := plugin.SafeAnswer(ev.operation(), ev.At, ev.Sale, e.texts, locale)
	sale, err := json.Marshal(a.Sale)
	if err != nil {
		sale = json.RawMessage(`{}`) // cannot happen: a sale is numbers and plain strings
	}
	return Answer{Prompt: a.Prompt, Decision: a.Decision, Sale: sale}
}

// operation is the call that an event is about, as far as it can be seen
// without the module. Choosing an action or reading a card again calls nothing.
func (ev Event) operation() plugin.Operation {
	switch {
	case ev.Exchange != nil && ev.Exchange.Operation != "":
		return ev.Exchange.Operation
	case ev.Exchange != nil:
		return plugin.OperationOf(ev.Exchange.Method, ev.Exchange.URL)
	case ev.Facts != nil:
		return ev.Facts.Operation
	case ev.Action != "" || ev.Decision != nil:
		return plugin.OpUnknownRead
	}
	return plugin.OpUnknown
}
