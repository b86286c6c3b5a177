package shift

import (
	"context"
	"net/url"
	"time"

	"github.com/tillwise/tillwise/host/pos"
	"github.com/tillwise/tillwise/host/simulator"
	"github.com/tillwise/tillwise/plugin"
)

const typing = time.Second // how long it takes to type something

// ask types what the story has for it, or else what is right. Nothing is typed where
// the cashier chooses something else meanwhile: that is what happens then.
func (t *tale) ask(ctx context.Context, q pos.Question) (string, error) {
	text, told := t.right(q)
	if script, n := t.Types[q.Action], t.typed[q.Action]; n < len(script) {
		text = script[n]
		t.typed[q.Action]++
	}
	if q.Action == plugin.ActChangeAmount || q.Action == plugin.ActSplitPayment {
		told = namesAmount.with(dollars(text))
	}
	t.out.tell(told, false)
	err := t.clock.wait(ctx, typing)
	t.mu.Lock()
	defer t.mu.Unlock()
	if err == nil && t.turned {
		err = pos.ErrWalkedAway
	}
	return text, err
}

// right is what would be typed by somebody who knows, and what is told of it.
func (t *tale) right(q pos.Question) (text string, told say) {
	person := simulator.Account{Number: customer}
	for _, a := range simulator.Accounts() {
		if a.Number == t.account || person.Answer == "" && a.Number == customer {
			person = a
		}
	}
	switch {
	case q.Action == plugin.ActChangeAmount, q.Action == plugin.ActSplitPayment:
		return "50.00", namesAmount
	case q.Action == plugin.ActChoosePlan:
		return "1001", choosesPlan
	case q.Operation == plugin.OpVerify && q.Format == plugin.MethodPIW:
		return person.Word, typesWord
	case q.Operation == plugin.OpVerify:
		return person.Answer, typesAnswer
	case q.Operation == plugin.OpSearch:
		return url.Values{"first_name": {person.FirstName}, "last_name": {person.LastName}, "dob": {person.DOB}}.Encode(), typesAgain
	case q.Operation == plugin.OpLookup:
		return customer, givesNumber
	case q.Operation == plugin.OpApply:
		return `{"first_name":"Sasha","last_name":"Sample","dob":"1991-02-03"}`, fillsIn
	case len(q.Fields) > 0:
		return "K1A 0B1", typesAgain
	}
	return t.flexiti.Sent(t.account), typesCode
}
