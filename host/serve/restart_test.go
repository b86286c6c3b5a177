package serve_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/host/store"
	"github.com/tillwise/tillwise/plugin"
)

// restarted ends a till and starts another one on the same folder.
func restarted(t *testing.T, s *till, dir string) *till {
	require.NoError(t, s.Close(context.Background()))
	return newTill(t, serve.Config{State: dir})
}

type openSale struct {
	SaleID  string `json:"sale_id"`
	Ref     string
	Money   plugin.Money
	About   *plugin.About
	Since   int64
	Card    string
	Offered []plugin.ActionID
}

func (s *till) open(t *testing.T) (out []openSale) {
	w := s.do(request(http.MethodGet, "/v1/sales?open=1", ""))
	require.Equal(t, http.StatusOK, w.Code)
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &out))
	return out
}

const lostPayment = `{"v":1,"at":1795530727000,"sale_id":"S-1","event_id":"e1","exchange":{"operation":"authorization","status":0,"failure":"timeout","sent":"yes","request":{"amount":"1249.00"}}}`

func TestRestart(t *testing.T) {
	dir := t.TempDir()
	before := newTill(t, serve.Config{State: dir})
	got := before.post(t, lostPayment)
	require.True(t, got.kept)
	require.NoError(t, before.Choose(t.Context(), serve.Chosen{SaleID: "S-1", Action: plugin.ActCheckStatus}))
	n := before.choices(t, "S-1", "")[0].N
	require.NoError(t, before.Choose(t.Context(), serve.Chosen{SaleID: "S-1", Action: plugin.ActCallSupervisor}))
	before.post(t, event("verify", 409, wrongAnswer, `"sale_id":"S-2"`))
	before.post(t, event("verify", 409, wrongAnswer, `"sale_id":"S-3"`))
	before.post(t, `{"v":1,"sale_id":"S-3","action":"other_payment"}`)

	s := restarted(t, before, dir)
	open := s.open(t)
	require.Len(t, open, 2, "what has ended is not open")
	require.Equal(t, "S-1", open[1].SaleID)
	require.Equal(t, plugin.MoneyUnknown, open[1].Money)
	require.Equal(t, "1249.00", open[1].About.Amount)
	require.Equal(t, int64(1795530727000), open[1].Since)
	require.Equal(t, "supervisor_settles", open[1].Card)
	require.Contains(t, open[1].Offered, plugin.ActSettleTaken)
	require.Equal(t, open[1].Ref, s.Open()[1].Prompt.Ref, "the screen shows the same card")
	require.Equal(t, "S-2", open[0].SaleID, "its card waits for somebody")

	again := s.choices(t, "S-1", "")
	require.True(t, again[0].Overtaken, "it was fetched before")
	require.Equal(t, plugin.ActCallSupervisor, again[1].Action)
	require.False(t, again[1].Overtaken, "and this one was not")
	require.NoError(t, s.Choose(t.Context(), serve.Chosen{SaleID: "S-1", Action: plugin.ActSettleTaken}))
	require.Greater(t, s.choices(t, "S-1", fmt.Sprint("after=", again[1].N))[0].N, n, "numbers go on")

	repeat := s.post(t, lostPayment)
	require.Equal(t, got.raw, repeat.raw, "what was answered before is answered the same")
	require.NotEqual(t, plugin.ActAskAgain, s.post(t, event("verify", 409, wrongAnswer, `"sale_id":"S-2"`)).Decision.Actions[0].ID, "a wrong answer is not forgotten")
}

func TestRestartWithASaleThatThePOSKeeps(t *testing.T) {
	dir := t.TempDir()
	before := newTill(t, serve.Config{State: dir})
	own := before.post(t, strings.Replace(lostPayment, `"sale_id":"S-1"`, `"sale":{}`, 1))
	s := restarted(t, before, dir)
	require.Equal(t, own.name, s.open(t)[0].SaleID)
	require.Equal(t, own.name, s.post(t, `{"v":1,"sale":`+string(own.Sale)+`,"action":"check_status"}`).name)
}

// A till that has lost what it kept does not begin as if nothing had been.
func TestDamagedStateIsDoubt(t *testing.T) {
	dir := t.TempDir()
	before := newTill(t, serve.Config{State: dir})
	before.post(t, lostPayment)
	require.NoError(t, before.Close(t.Context()))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "sales.db"), []byte("rubbish"), 0o600))

	first := newTill(t, serve.Config{State: dir})
	s := restarted(t, first, dir)
	open := s.open(t)
	require.Len(t, open, 1)
	require.Regexp(t, "^lost-", open[0].SaleID)
	require.Equal(t, plugin.MoneyUnknown, open[0].Money)
	require.Equal(t, plugin.MoneyUnknown, s.post(t, event("lookup", 404, "not_found", `"sale_id":"S-1"`)).Decision.Money, "it may be one of those")

	for _, action := range []plugin.ActionID{plugin.ActCallSupervisor, plugin.ActSettleNotTaken} {
		require.NoError(t, s.Choose(t.Context(), serve.Chosen{SaleID: open[0].SaleID, Action: action}))
	}
	require.Equal(t, plugin.MoneyNotMoved, s.post(t, event("lookup", 404, "not_found", `"sale_id":"S-9"`)).Decision.Money, "what comes new is new")
	require.Equal(t, plugin.MoneyUnknown, s.post(t, event("lookup", 404, "not_found", `"sale_id":"S-1"`)).Decision.Money)
	require.Equal(t, plugin.MoneyNotMoved, restarted(t, s, dir).post(t, event("lookup", 404, "not_found", `"sale_id":"S-10"`)).Decision.Money)
}

func TestTwoTillsOnOneState(t *testing.T) {
	dir := t.TempDir()
	newTill(t, serve.Config{State: dir})
	_, err := serve.New(serve.Config{Engine: engine, State: dir})
	require.ErrorIs(t, err, store.ErrInUse)
}

// What the disk does not take is said: to the POS with each answer, and to who watches.
func TestWhatIsNotKeptIsSaid(t *testing.T) {
	s := newTill(t, serve.Config{})
	require.False(t, s.post(t, lostPayment).kept)
	w := s.do(request(http.MethodGet, "/readyz", ""))
	require.Equal(t, http.StatusServiceUnavailable, w.Code)
	require.JSONEq(t, `{"ready":false,"trouble":["state"]}`, w.Body.String())

	s = newTill(t, serve.Config{State: t.TempDir()})
	require.True(t, s.post(t, lostPayment).kept)
	w = s.do(request(http.MethodGet, "/readyz", ""))
	require.Equal(t, http.StatusOK, w.Code)
	require.JSONEq(t, `{"ready":true,"trouble":[]}`, w.Body.String())
}

// A sale stays while it must, seven days more, and no longer.
func TestSalesLeaveInTime(t *testing.T) {
	now := time.UnixMilli(1795530727000)
	dir := t.TempDir()
	s := newTill(t, serve.Config{State: dir, Clock: func() time.Time { return now }})
	s.post(t, lostPayment)
	s.post(t, event("lookup", 404, "not_found", `"sale_id":"calm","event_id":"e1"`))
	kept := func(id string) bool {
		return s.do(request(http.MethodGet, "/v1/sales/"+id, "")).Code == http.StatusOK
	}
	for _, tt := range []struct {
		days        int
		calm, doubt bool
	}{{6, true, true}, {8, false, true}, {126, false, true}, {128, false, false}} {
		now = time.UnixMilli(1795530727000).AddDate(0, 0, tt.days)
		s.post(t, event("token", 200, "", fmt.Sprintf(`"sale_id":"day-%d"`, tt.days)))
		require.Equal(t, tt.calm, kept("calm"), "%d days", tt.days)
		require.Equal(t, tt.doubt, kept("S-1"), "%d days", tt.days)
	}
	again := restarted(t, s, dir)
	for _, id := range []string{"S-1", "calm"} {
		require.Equal(t, http.StatusNotFound, again.do(request(http.MethodGet, "/v1/sales/"+id, "")).Code, "and leaves the disk")
	}
}

// A choice that was not asked for in time is told as that.
func TestOvertakenChoice(t *testing.T) {
	s := newTill(t, serve.Config{})
	s.post(t, lostPayment)
	require.NoError(t, s.Choose(t.Context(), serve.Chosen{SaleID: "S-1", Action: plugin.ActCheckStatus}))
	s.post(t, `{"v":1,"sale_id":"S-1","exchange":{"operation":"authorizations","status":200,"body":"[]","found":[]}}`)
	got := s.choices(t, "S-1", "")
	require.Len(t, got, 1)
	require.True(t, got[0].Overtaken)
	require.NotEqual(t, s.shown().Prompt.Ref, got[0].Ref, "it was made on another card")
}

// Who chooses on a card that is no more chooses nothing.
func TestChoiceOnACardThatIsNoMore(t *testing.T) {
	s := newTill(t, serve.Config{})
	old := s.post(t, lostPayment)
	s.post(t, `{"v":1,"sale_id":"S-1","exchange":{"operation":"authorizations","status":200,"body":"[]","found":[]}}`)
	require.ErrorContains(t, s.Choose(t.Context(), serve.Chosen{SaleID: "S-1", Ref: old.Prompt.Ref, Action: plugin.ActHoldSale}), "action_not_offered")
	require.Empty(t, s.choices(t, "S-1", ""))
	require.NoError(t, s.Choose(t.Context(), serve.Chosen{SaleID: "S-1", Ref: s.shown().Prompt.Ref, Action: plugin.ActHoldSale}))
}

// A sale id that may be somebody's card number is on no screen and on no disk,
// and the POS goes on with it all the same.
func TestASaleIDThatLooksLikeACard(t *testing.T) {
	const id = "4000-0000-0000-0002"
	dir := t.TempDir()
	p := &paper{}
	before := newTill(t, serve.Config{State: dir, Journal: p})
	got := before.post(t, strings.Replace(lostPayment, "S-1", id, 1))
	require.NoError(t, before.Choose(t.Context(), serve.Chosen{SaleID: got.name, Action: plugin.ActCheckStatus}))
	require.Len(t, before.choices(t, id, ""), 1)
	for _, name := range []string{got.name, before.shown().SaleID, p.entries[0].SaleID, before.open(t)[0].SaleID} {
		require.Regexp(t, "^h-[a-z0-9]{24}$", name)
	}
	s := restarted(t, before, dir)
	require.Equal(t, plugin.MoneyUnknown, s.post(t, event("lookup", 404, "not_found", `"sale_id":"`+id+`"`)).Decision.Money)
	data, err := os.ReadFile(filepath.Join(dir, "sales.db"))
	require.NoError(t, err)
	require.NotContains(t, string(data), id)
}
