package serve_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/plugin"
)

func (s *till) choices(t *testing.T, sale, query string) []serve.Choice {
	w := s.do(request(http.MethodGet, "/v1/sales/"+sale+"/actions?"+query, ""))
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	var out []serve.Choice
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &out))
	return out
}

func TestChoiceIsShownAndTold(t *testing.T) {
	s := newTill(t, serve.Config{})
	first := s.post(t, event("verify", 409, wrongAnswer, `"sale_id":"S-1","utc_offset_min":-300,"customer_locale":"fr-CA","display":{"lane":"4"}`))
	require.Empty(t, s.choices(t, "S-1", ""))
	require.NoError(t, s.Choose(t.Context(), serve.Chosen{SaleID: "S-1", Action: plugin.ActAskAgain}))

	card := s.shown()
	require.Equal(t, "action", card.Decision.Matched.By)
	require.Equal(t, "4", card.Display.Lane)
	require.Equal(t, -300, *card.UTCOffsetMin)
	require.Equal(t, "fr-CA", card.CustomerLocale)
	require.Equal(t, int64(1795530800000), card.At)

	got := s.choices(t, "S-1", "after=0")
	n := got[0].N
	want := []serve.Choice{{N: n, Ref: first.Prompt.Ref, Action: plugin.ActAskAgain,
		Next: &plugin.Next{Operation: plugin.OpVerify, Format: plugin.MethodSecurityQuestion, Input: true}}}
	require.Equal(t, want, got)
	require.Empty(t, s.choices(t, "S-1", fmt.Sprint("after=", n)))
	want[0].Overtaken = true
	require.Equal(t, want, s.choices(t, "S-1", "after=0"), "what was fetched once is not to be sent again")
	require.Empty(t, s.choices(t, "S-2", ""), "an unknown sale has none")
}

// Whoever reads French does not get the next card in English for having pressed a key.
func TestTheNextCardIsInTheLanguageOfTheLast(t *testing.T) {
	for _, test := range []struct {
		name  string
		till  plugin.Lang // the one that it started in
		lang  plugin.Lang // the one that the card was read in
		event string      // the one that the POS asked for
		want  plugin.Lang
	}{
		{"as it was read", plugin.English, plugin.French, "fr-CA", plugin.French},
		{"as the cashier turned it", plugin.French, plugin.English, "fr-CA", plugin.English},
		{"as the till is, where the screen does not say", plugin.English, "", "fr-CA", plugin.English},
		{"as the card was, where nobody says", "", "", "fr-CA", plugin.French},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newTill(t, serve.Config{Lang: func() plugin.Lang { return test.till }})
			s.post(t, event("verify", 409, wrongAnswer, `"sale_id":"S-1","locale":"`+test.event+`"`))
			require.NoError(t, s.Choose(t.Context(), serve.Chosen{SaleID: "S-1", Action: plugin.ActAskAgain, Locale: test.lang}))
			require.Equal(t, test.want, s.shown().Prompt.Locale)
		})
	}
}

func TestChoiceThatIsNotOfferedAnyMore(t *testing.T) {
	s := newTill(t, serve.Config{})
	s.post(t, event("lookup", 404, "not_found", `"sale_id":"S-1"`))
	before := s.shown()
	var perr *plugin.Error
	require.ErrorAs(t, s.Choose(t.Context(), serve.Chosen{SaleID: "S-1", Action: plugin.ActSettleTaken}), &perr)
	require.Equal(t, plugin.ActionNotOffered, perr.Kind)
	require.Equal(t, before, s.shown(), "its card comes up again")
	require.Equal(t, 2, s.count())
	require.Empty(t, s.choices(t, "S-1", ""))

	got := s.post(t, `{"v":1,"sale_id":"S-1","action":"settle_taken"}`)
	require.Equal(t, http.StatusBadRequest, got.status)
	require.Equal(t, plugin.ActionNotOffered, got.Error.Kind)
	require.Equal(t, 2, s.count(), "a late choice of the POS's leaves the card where it is")
}

func TestPanicEndsOneChoice(t *testing.T) {
	s := newTill(t, serve.Config{Engine: failing{engine, nil}})
	for range 2 {
		require.ErrorContains(t, s.Choose(t.Context(), serve.Chosen{SaleID: "S-1", Action: plugin.ActHoldSale}), "module_failed")
		require.Equal(t, plugin.CardTillTrouble, s.shown().Decision.Card)
	}
	require.Empty(t, s.choices(t, "S-1", ""), "the POS is told of what was done only")
}

func TestActionFromThePOS(t *testing.T) {
	s := newTill(t, serve.Config{})
	s.post(t, event("verify", 409, wrongAnswer, `"sale_id":"S-1"`))
	got := s.post(t, `{"v":1,"sale_id":"S-1","action":"ask_again"}`)
	require.Equal(t, "action", got.Decision.Matched.By)
	require.Empty(t, s.choices(t, "S-1", ""), "the POS knows")
}

// The POS keeps the sale itself: the cashier's choice reaches it all the same,
// and when it posts the action with its sale, that is still the same sale.
func TestChoiceOnASaleThatThePOSKeeps(t *testing.T) {
	s := newTill(t, serve.Config{})
	first := s.post(t, event("verify", 409, wrongAnswer, `"sale":{}`))
	require.Regexp(t, `^own-[a-z0-9]{12}$`, first.name)
	require.NoError(t, s.Choose(t.Context(), serve.Chosen{SaleID: first.name, Action: plugin.ActAskAgain}))
	require.Equal(t, plugin.ActAskAgain, s.choices(t, first.name, "")[0].Action)

	posted := s.post(t, `{"v":1,"at":1795530800000,"action":"ask_again","sale":`+string(first.Sale)+`}`)
	require.Equal(t, first.name, posted.name)
	again := s.post(t, event("verify", 409, wrongAnswer, `"sale":`+string(posted.Sale)))
	require.Equal(t, first.name, again.name)
	require.NotEqual(t, plugin.ActAskAgain, again.Decision.Actions[0].ID)

	var reordered map[string]any
	require.NoError(t, json.Unmarshal(again.Sale, &reordered))
	rewritten, err := json.MarshalIndent(reordered, "", "  ")
	require.NoError(t, err)
	require.Equal(t, first.name, s.post(t, event("lookup", 404, "not_found", `"sale":`+string(rewritten))).name,
		"however the POS writes the sale")
	require.NotEqual(t, first.name, s.post(t, event("verify", 409, wrongAnswer, `"sale":{}`)).name, "a new sale is another one")
}

func TestRefusedEventOfASaleThatThePOSKeeps(t *testing.T) {
	s := newTill(t, serve.Config{})
	first := s.post(t, event("verify", 409, wrongAnswer, `"sale":{}`))
	bad := s.post(t, `{"v":1,"sale":`+string(first.Sale)+`}`)
	require.Equal(t, http.StatusBadRequest, bad.status)
	require.Equal(t, first.name, bad.name)
	require.Equal(t, first.name, s.post(t, event("verify", 409, wrongAnswer, `"sale":`+string(first.Sale))).name)
}

// Two customers whose POS keeps their sales are two, however alike they begin:
// the second must not take the first one's doubt off the screen.
func TestSalesThatThePOSKeepsAreNotMixedUp(t *testing.T) {
	s := newTill(t, serve.Config{})
	const found = `"exchange":{"operation":"lookup","status":200,"body":"{\"account_number\":\"1\"}"}}`
	first := s.post(t, `{"v":1,"event_id":"a-1","sale":{},`+found)
	doubt := s.post(t, `{"v":1,"event_id":"a-2","sale":`+string(first.Sale)+`,"exchange":{"operation":"authorization","status":0,"failure":"timeout"}}`)
	require.Equal(t, first.name, doubt.name)
	second := s.post(t, `{"v":1,"event_id":"b-1","sale":{},`+found)
	require.NotEqual(t, first.name, second.name)
	open := s.open(t)
	require.Len(t, open, 2)
	for _, sale := range open {
		require.Equal(t, sale.SaleID == first.name, sale.Money == plugin.MoneyUnknown)
	}
	require.Equal(t, first.raw, s.post(t, `{"v":1,"event_id":"a-1","sale":{},`+found).raw, "the same event again is the same")
}

// Of many sales the closed one goes before the older open one. One of whose
// money it is not known what became, or some is held, never goes, whether the
// till keeps the sale or the POS brings it; nor does one whose customer has
// answered wrongly within 48 hours.
func TestSalesAreForgottenButNotThoseThatBind(t *testing.T) {
	s := newTill(t, serve.Config{})
	refused := func(sale string) reply { return s.post(t, event("lookup", 401, "", `"sale_id":"`+sale+`"`)) }
	doubt := s.post(t, lost)
	require.True(t, doubt.Decision.Doubt)
	require.Equal(t, plugin.MoneyUnknown, s.post(t, `{"v":1,"sale_id":"leaving","exchange":{"operation":"authorization","status":0,"failure":"pending"}}`).Decision.Money)
	held := `"exchange":{"operation":"authorization","status":200,"request":{"auto_capture":false},"body":"{\"authorization_id\":\"A-1\"}"}`
	require.Equal(t, plugin.MoneyHeld, s.post(t, `{"v":1,"sale_id":"held",`+held+`}`).Decision.Money)
	s.post(t, `{"v":1,"sale_id":"held","action":"finish_sale"}`)
	own := s.post(t, `{"v":1,"sale":`+string(doubt.Sale)+`}`) // refused, and in doubt when the till first sees it
	answered := s.post(t, event("verify", 409, wrongAnswer, `"sale_id":"answered"`))
	first := refused("open")
	refused("closed")
	s.post(t, event("lookup", 404, "not_found", `"sale_id":"closed"`))
	s.post(t, `{"v":1,"sale_id":"closed","action":"other_payment"}`)
	for i := range 998 {
		s.post(t, strings.Replace(lost, "S-1", fmt.Sprintf("doubt-%d", i), 1))
	}
	for i := range 999 {
		s.post(t, event("token", 200, "", fmt.Sprintf(`"sale_id":"T-%d"`, i)))
	}

	for sale, money := range map[string]plugin.Money{"S-1": plugin.MoneyUnknown, "leaving": plugin.MoneyUnknown, "held": plugin.MoneyHeld} {
		require.Equal(t, money, s.post(t, event("lookup", 404, "not_found", `"sale_id":"`+sale+`"`)).Decision.Money, sale)
	}
	require.Equal(t, own.name, s.post(t, event("lookup", 404, "not_found", `"sale":`+string(doubt.Sale))).name)
	require.NotEqual(t, answered.Decision.Actions, s.post(t, event("verify", 409, wrongAnswer, `"sale_id":"answered"`)).Decision.Actions)
	require.NotEqual(t, first.Decision.Actions, refused("open").Decision.Actions)
	require.Equal(t, first.Decision.Actions, refused("closed").Decision.Actions, "it begins anew")
}

func TestWaitingForAChoice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newTill(t, serve.Config{})
		began := time.Now()
		require.Empty(t, s.choices(t, "S-1", "wait_s=30"))
		require.Equal(t, 30*time.Second, time.Since(began), "the clock here is synctest's")
	})
}

func TestChoiceEndsTheWait(t *testing.T) {
	s := newTill(t, serve.Config{})
	s.post(t, event("verify", 409, wrongAnswer, `"sale_id":"S-1"`))
	s.post(t, event("verify", 409, wrongAnswer, `"sale_id":"S-2"`))
	done := make(chan []serve.Choice)
	go func() {
		w := s.do(request(http.MethodGet, "/v1/sales/S-1/actions?wait_s=60", ""))
		var out []serve.Choice
		_ = json.Unmarshal(w.Body.Bytes(), &out)
		done <- out
	}()
	require.NoError(t, s.Choose(t.Context(), serve.Chosen{SaleID: "S-2", Action: plugin.ActAskAgain}))
	require.NoError(t, s.Choose(t.Context(), serve.Chosen{SaleID: "S-1", Action: plugin.ActAskAgain}))
	require.Len(t, <-done, 1)
}

func TestBadQuestions(t *testing.T) {
	s := newTill(t, serve.Config{})
	tests := []struct {
		name, url string
		want      string
	}{
		{"a bad id", "/v1/sales/S%201/actions", "the sale id must be"},
		{"a bad number", "/v1/sales/S-1/actions?after=x", "after must be"},
		{"a number below 0", "/v1/sales/S-1/actions?after=-1", "after must be"},
		{"too long a wait", "/v1/sales/S-1/actions?wait_s=3600", "wait_s must be a number of seconds, at most 60"},
		{"a path of none", "/v1/sale", "there is POST /v1/events"},
		{"a path with a slash too many", "/v1//sales?open=1", "there is POST /v1/events"},
		{"a path with steps up", "/v1/sales/../sales?open=1", "there is POST /v1/events"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := s.do(request(http.MethodGet, tt.url, ""))
			require.True(t, w.Code == http.StatusBadRequest || w.Code == http.StatusNotFound, w.Code)
			require.True(t, json.Valid(w.Body.Bytes()), w.Body.String())
			require.Contains(t, w.Body.String(), tt.want)
		})
	}
}

// paper is a journal in memory.
type paper struct {
	mu      sync.Mutex
	entries []journal.Entry
	err     error
	hang    chan struct{}
	lost    atomic.Int64
}

func (p *paper) Lost(n int64) { p.lost.Add(n) }

func (p *paper) Append(entries ...journal.Entry) error {
	if p.hang != nil {
		<-p.hang
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.entries = append(p.entries, entries...)
	return p.err
}

func TestRecordsAreKept(t *testing.T) {
	p := &paper{}
	s := newTill(t, serve.Config{Journal: p, Lane: "3"})
	got := s.post(t, event("verify", 409, wrongAnswer, `"sale_id":"S-1"`))
	s.post(t, `{`)
	s.post(t, `{"v":1,"sale_id":"S-1","action":"ask_again"}`)
	require.Len(t, p.entries, 2, "of what was not decided there is no record")
	require.Equal(t, journal.Entry{At: 1795530727000, SaleID: "S-1", Lane: "3", Module: engine.ModuleSHA256(), Record: got.Record}, p.entries[0])
	require.Equal(t, int64(1795530800000), p.entries[1].At, "an event without a time gets the till's")
}

func TestJournalTroubleBlocksNoSale(t *testing.T) {
	p := &paper{err: errors.New("disk full")}
	var said []error
	s := newTill(t, serve.Config{Journal: p, Trouble: func(_ serve.Keeping, err error) { said = append(said, err) }})
	for range 2 {
		require.Equal(t, http.StatusOK, s.post(t, event("lookup", 404, "not_found", `"sale_id":"S-1"`)).status)
	}
	p.mu.Lock()
	p.err = nil
	p.mu.Unlock()
	for range 2 {
		s.post(t, event("lookup", 404, "not_found", `"sale_id":"S-1"`))
	}
	require.NoError(t, s.Close(t.Context()))
	require.Len(t, said, 3)
	require.ErrorContains(t, said[0], "disk full")
	require.NoError(t, said[2], "it works again")
}

// breaking is a journal with a bug.
type breaking struct{ paper }

func (*breaking) Append(...journal.Entry) error { panic("a bug") }

func TestJournalThatPanicsBlocksNoSale(t *testing.T) {
	var said error
	j := &breaking{}
	s := newTill(t, serve.Config{Journal: j, Trouble: func(_ serve.Keeping, err error) { said = err }})
	require.Equal(t, http.StatusOK, s.post(t, event("lookup", 404, "not_found", `"sale_id":"S-1"`)).status)
	require.NoError(t, s.Close(t.Context()))
	require.ErrorContains(t, said, "the journal failed on a record")
	require.EqualValues(t, 1, j.lost.Load(), "the next line that can be written says so")
}

func TestSlowJournalBlocksNoSale(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &paper{hang: make(chan struct{})}
		s := newTill(t, serve.Config{Journal: p})
		for range 3 {
			require.Equal(t, http.StatusOK, s.post(t, event("lookup", 404, "not_found", `"sale_id":"S-1"`)).status)
		}
		close(p.hang)
		require.NoError(t, s.Close(t.Context()))
		require.Len(t, p.entries, 3)
	})
}

func TestServe(t *testing.T) {
	s := newTill(t, serve.Config{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- s.Serve(ctx, l) }()

	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	r, err := client.Post("http://"+l.Addr().String()+"/v1/events", "application/json",
		strings.NewReader(event("lookup", 404, "not_found", `"sale_id":"S-1"`)))
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode)
	require.NoError(t, r.Body.Close())

	waiting := make(chan error)
	go func() {
		r, err := client.Get("http://" + l.Addr().String() + "/v1/sales/S-1/actions?wait_s=60")
		if err == nil {
			err = r.Body.Close()
		}
		waiting <- err
	}()
	cancel()
	require.NoError(t, <-ended, "it ends although somebody waits")
	<-waiting
}
