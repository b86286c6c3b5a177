package tap

import (
	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// Resume tells the till that the calls which were under way when the tap ended are
// lost: their connections ended with it, and their answers, if any came, were seen by
// nobody here. Open are the till's open sales. Call it before Serve.
func (t *Tap) Resume(open []host.Card) {
	for _, c := range open {
		if d := c.Decision; d.Money != plugin.MoneyUnknown || d.Doubt || d.About == nil {
			continue
		}
		e := event{V: plugin.ABI, SaleID: c.SaleID, At: t.config.Clock().UnixMilli(), Display: c.Display}
		_, offset := t.config.Clock().Zone()
		e.UTCOffsetMin = offset / 60
		e.Exchange = plugin.Exchange{Operation: c.Decision.About.Operation, Failure: plugin.FailureCancelled, Sent: plugin.SentUnknown}
		t.poster.add(e, true)
	}
}
