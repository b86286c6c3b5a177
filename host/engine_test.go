package host_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestAnswerIsTheModules(t *testing.T) {
	e := newEngine(t, host.Config{})
	a, err := e.Answer(t.Context(), sample())
	require.NoError(t, err)
	var want host.Answer
	require.NoError(t, json.Unmarshal([]byte(native(t, sample())), &want))
	require.Equal(t, want, a)
	require.NotEqual(t, plugin.CardTillTrouble, a.Decision.Card)
	require.NotEmpty(t, a.Record)
}

func TestConcurrentAnswersAreTheModules(t *testing.T) {
	e := newEngine(t, host.Config{Instances: 3, Calls: 7})
	events := make([]host.Event, 6)
	want := make([]string, len(events))
	for i := range events {
		events[i] = sample()
		events[i].Exchange.Status = 400 + i
		want[i] = native(t, events[i])
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for i, ev := range events {
				in, err := json.Marshal(ev)
				if err != nil {
					t.Error(err)
				}
				if out, err := e.AnswerJSON(t.Context(), in); err != nil || string(out) != want[i] {
					t.Errorf("status %d: %v", ev.Exchange.Status, err)
				}
			}
		})
	}
	group.Wait()
}

func TestSettingsReachEveryInstance(t *testing.T) {
	const settings = `{"policy":{},"texts":{"contacts":{"supervisor":{"en-CA":"Dial 301","fr-CA":"Composez le 301"}}}}`
	e := newEngine(t, host.Config{Settings: []byte(settings), Instances: 1, Calls: 1})
	ev := sample()
	ev.Exchange.Operation, ev.Exchange.Status, ev.Exchange.Body = plugin.OpTransactions, 0, "" // the supervisor's
	for range 3 {
		a, err := e.Answer(t.Context(), ev)
		require.NoError(t, err)
		require.Contains(t, fmt.Sprint(a.Prompt), "Composez le 301")
	}
	require.Contains(t, fmt.Sprint(e.Safe(ev).Prompt), "Composez le 301", "the safe card too")
}

// What a reply contains is never an error, and neither is what became of a sale
// on its way: every one of these gets the module's own answer.
func TestAnyReplyIsAnswered(t *testing.T) {
	reply := func(body string) host.Event {
		ev := sample()
		ev.Exchange.Body = body
		return ev
	}
	// The deadline is not what is tested, and a slow machine may need more than a till has.
	e := newEngine(t, host.Config{Instances: 1, Deadline: time.Minute})
	tests := []struct {
		name  string
		event host.Event
	}{
		{"a long body", reply(strings.Repeat("x", 300<<10))},
		{"a long body of angle brackets", reply(strings.Repeat("<", 300<<10))},
		{"a long body of NULs", reply(strings.Repeat("\x00", 300<<10))},
		{"no UTF-8", reply("{\"error\":\"\xff\xfe\"}")},
		{"a body cut within a letter", reply(strings.Repeat("é", 64<<10)[1:])},
		{"nested brackets", reply(strings.Repeat("[", 5000))},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := e.Answer(t.Context(), tt.event)
			require.NoError(t, err)
			require.NotEmpty(t, a.Record)
			require.Equal(t, plugin.MoneyUnknown, a.Decision.Money)
		})
	}
}

func TestDamagedSaleIsReplacedByOneInDoubt(t *testing.T) {
	e := newEngine(t, host.Config{Instances: 1})
	for _, sale := range []string{`{"v":1,`, `"x"`, `{"v":1,"check":"00000000"}`} {
		ev := sample()
		ev.Sale = json.RawMessage(sale)
		a, err := e.Answer(t.Context(), ev)
		require.NoError(t, err, sale)
		require.True(t, a.Decision.Doubt, sale)
		require.Equal(t, plugin.NoticeSaleReplaced, a.Decision.Notice, sale)
	}
}

// The safe card doubts what may have moved money, and nothing else; the sale it
// gives back is one that the module goes on from.
func TestSafe(t *testing.T) {
	e := newEngine(t, host.Config{Instances: 1})
	tests := []struct {
		name  string
		event host.Event
		want  plugin.Money
	}{
		{"no event", host.Event{}, plugin.MoneyUnknown},
		{"money", host.Event{Exchange: &plugin.Exchange{Operation: plugin.OpCapture}}, plugin.MoneyUnknown},
		{"money by URL", host.Event{Exchange: &plugin.Exchange{Method: "POST", URL: "/client-id/a/refund"}}, plugin.MoneyUnknown},
		{"a lookup", host.Event{Exchange: &plugin.Exchange{Method: "GET", URL: "/client-id/a/customers/lookup"}}, plugin.MoneyNotMoved},
		{"facts of a lookup", host.Event{Facts: &plugin.Facts{Operation: plugin.OpLookup}}, plugin.MoneyNotMoved},
		{"a token", host.Event{Exchange: &plugin.Exchange{Operation: plugin.OpToken}}, plugin.MoneyNone},
		{"an action", host.Event{Action: plugin.ActHoldSale}, plugin.MoneyNotMoved},
		{"a card again", host.Event{Decision: &plugin.Decision{}}, plugin.MoneyNotMoved},
		{"a damaged sale", host.Event{Action: plugin.ActHoldSale, Sale: json.RawMessage("{")}, plugin.MoneyUnknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := e.Safe(tt.event)
			require.Equal(t, tt.want, a.Decision.Money)
			require.Equal(t, tt.want == plugin.MoneyUnknown, a.Decision.Doubt)
			next := host.Event{V: 1, Sale: a.Sale, Exchange: &plugin.Exchange{Operation: plugin.OpLookup, Status: 404}}
			then, err := e.Answer(t.Context(), next)
			require.NoError(t, err)
			require.Equal(t, a.Decision.Doubt, then.Decision.Doubt)
			require.Equal(t, a.Decision.Notice, then.Decision.Notice)
		})
	}
}

func TestBadEventHasANamedErrorAndACard(t *testing.T) {
	e := newEngine(t, host.Config{Instances: 1})
	two := sample()
	two.Action = plugin.ActTryAgain
	long := sample()
	long.EventID = strings.Repeat("x", 300<<10)
	old := sample()
	old.V = 0
	tests := []struct {
		name  string
		event host.Event
		want  plugin.ErrorKind
	}{
		{"nothing in it", host.Event{V: 1}, plugin.BadEvent},
		{"two things in it", two, plugin.BadEvent},
		{"another version", old, plugin.BadVersion},
		{"too large", long, plugin.TooLarge},
		{"an action of nobody's", host.Event{V: 1, Action: plugin.ActTryAgain}, plugin.ActionNotOffered},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := e.Answer(t.Context(), tt.event)
			requireKind(t, err, tt.want)
			require.NotEmpty(t, a.Prompt.Headline)
			require.NotEmpty(t, a.Decision.Actions)
		})
	}
}
