package serve_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/plugin"
)

// engine answers natively, which is what the module does, and faster.
var engine native

type native struct{ *host.Engine }

func (native) Take(_ context.Context, event []byte) ([]byte, host.Answer, error) {
	raw := new(plugin.Module).Answer(event)
	var reply struct {
		host.Answer
		Error *plugin.Error `json:"error"`
	}
	if err := json.Unmarshal(raw, &reply); err != nil || reply.Error == nil {
		return raw, reply.Answer, err
	}
	return raw, host.Answer{}, reply.Error
}

func TestMain(m *testing.M) {
	var err error
	if engine.Engine, err = host.New(context.Background(), host.Config{Deadline: time.Minute}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	if err := errorOf(engine.Close(context.Background()), goleak.Find()); code == 0 && err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func errorOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// till is a server with a screen that remembers its cards.
type till struct {
	*serve.Server
	handler  http.Handler
	t        *testing.T
	document *document
	panics   atomic.Bool // the screen does

	mu    sync.Mutex
	cards []host.Card
}

func newTill(t *testing.T, c serve.Config) *till {
	s := &till{t: t, document: openAPI()}
	if c.Engine == nil {
		c.Engine = engine
	}
	c.Show = func(card host.Card) {
		if s.panics.Swap(false) {
			panic("a bug")
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.cards = append(s.cards, card)
	}
	if c.Clock == nil {
		c.Clock = func() time.Time { return time.UnixMilli(1795530800000) }
	}
	var err error
	s.Server, err = serve.New(c)
	require.NoError(t, err)
	s.handler = s.Handler()
	t.Cleanup(func() { require.NoError(t, s.Close(context.Background())) })
	return s
}

// shown gives the card on the screen.
func (s *till) shown() host.Card {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.cards) == 0 {
		return host.Card{}
	}
	return s.cards[len(s.cards)-1]
}

func (s *till) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.cards)
}

func request(method, url, body string) *http.Request {
	r := httptest.NewRequest(method, url, strings.NewReader(body))
	r.Host = "127.0.0.1:7411"
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

type reply struct {
	Prompt   plugin.Prompt
	Decision plugin.Decision
	Sale     json.RawMessage
	Record   json.RawMessage
	Error    *plugin.Error
	status   int
	name     string // of the sale
	kept     bool
	fresh    bool // its event_id was another event's
	raw      string
}

func (s *till) post(t *testing.T, event string) reply {
	w := s.do(request(http.MethodPost, "/v1/events", event))
	out := reply{status: w.Code, name: w.Header().Get("Tillwise-Sale"), raw: w.Body.String(),
		kept: w.Header().Get("Tillwise-Kept") == "", fresh: w.Header().Get("Tillwise-Event") == "new"}
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &out), w.Body.String())
	require.Equal(t, "application/json", w.Header().Get("Content-Type"))
	return out
}

// event writes an event: an exchange, and whatever else.
func event(operation string, status int, code string, more string) string {
	if more != "" {
		more += ","
	}
	return fmt.Sprintf(`{"v":1,"at":1795530727000,%s"exchange":{"operation":%q,"status":%d,"body":%q}}`,
		more, operation, status, `{"error":"`+code+`"}`)
}

const (
	wrongAnswer = "secret_answer_mismatch"
	lost        = `{"v":1,"at":1795530727000,"sale_id":"S-1","exchange":{"operation":"authorization","status":0,"failure":"timeout","sent":"yes"}}`
)

func TestAnswerIsTheModules(t *testing.T) {
	s := newTill(t, serve.Config{Engine: engine.Engine})
	got := s.post(t, event("verify", 409, wrongAnswer, `"sale":{},"display":{"lane":"4","amount":"12.00"}`))
	want, err := engine.Engine.AnswerJSON(t.Context(), []byte(event("verify", 409, wrongAnswer, `"sale":{}`)))
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, got.status)
	require.Equal(t, string(want)+"\n", got.raw)
	require.Equal(t, wrongAnswer, s.shown().Decision.Card.String())
	require.Equal(t, host.Display{Lane: "4", Amount: "12.00"}, s.shown().Display)
	require.Equal(t, int64(1795530727000), s.shown().At)
	require.NotContains(t, got.raw, "12.00")
}

func TestSaleIsKept(t *testing.T) {
	s := newTill(t, serve.Config{})
	first := s.post(t, event("verify", 409, wrongAnswer, `"sale_id":"S-1"`))
	second := s.post(t, event("verify", 409, wrongAnswer, `"sale_id":"S-1"`))
	other := s.post(t, event("verify", 409, wrongAnswer, `"sale_id":"S-2"`))
	require.Equal(t, plugin.ActAskAgain, first.Decision.Actions[0].ID)
	require.NotEqual(t, plugin.ActAskAgain, second.Decision.Actions[0].ID, "the second wrong answer needs other advice")
	require.Equal(t, first.Decision, other.Decision, "each sale has a memory of its own")
	require.Equal(t, "S-2", other.name)
}

func TestRepeatedEventGetsTheFirstAnswer(t *testing.T) {
	s := newTill(t, serve.Config{})
	for _, sale := range []string{`"sale_id":"S-1"`, `"sale":{}`} {
		before := s.count()
		first := s.post(t, event("verify", 409, wrongAnswer, `"event_id":"e1",`+sale))
		again := s.post(t, event("verify", 409, wrongAnswer, `"event_id":"e1",`+sale))
		require.Equal(t, first, again)
		require.Equal(t, before+1, s.count(), "nothing happened the second time")
	}
	next := s.post(t, event("verify", 409, wrongAnswer, `"event_id":"e2","sale_id":"S-1"`))
	require.NotEqual(t, plugin.ActAskAgain, next.Decision.Actions[0].ID)
	refused := s.post(t, `{"v":1,"event_id":"e3","sale_id":"S-1"}`)
	require.Equal(t, http.StatusBadRequest, refused.status)
	require.Equal(t, http.StatusOK, s.post(t, event("lookup", 404, "not_found", `"event_id":"e3","sale_id":"S-1"`)).status,
		"a refused event can be put right")
}

func TestRepeatedAtTheSameTime(t *testing.T) {
	s := newTill(t, serve.Config{})
	bodies := make([]string, 8)
	var all sync.WaitGroup
	for i := range bodies {
		all.Go(func() {
			w := s.do(request(http.MethodPost, "/v1/events", event("verify", 409, wrongAnswer, `"event_id":"e1","sale":{}`)))
			bodies[i] = w.Body.String()
		})
	}
	all.Wait()
	for _, body := range bodies {
		require.Equal(t, bodies[0], body)
	}
	require.Equal(t, 1, s.count())
}

func TestOneSalesEventsAreTakenInTurn(t *testing.T) {
	s := newTill(t, serve.Config{})
	asked := make([]bool, 6)
	var all sync.WaitGroup
	for i := range asked {
		all.Go(func() {
			w := s.do(request(http.MethodPost, "/v1/events", event("verify", 409, wrongAnswer, fmt.Sprintf(`"sale_id":"S-%d"`, i%2))))
			asked[i] = strings.Contains(w.Body.String(), `"banner":"once_more"`)
		})
	}
	all.Wait()
	n := 0
	for _, a := range asked {
		if a {
			n++
		}
	}
	require.Equal(t, 2, n, "of three wrong answers in each of two sales, only the first gives another try")
}

func TestBadEvents(t *testing.T) {
	long := `{"v":1,"sale_id":"S-1","exchange":{"operation":"lookup","status":500,"body":"` + strings.Repeat("x", 1<<20) + `"}}`
	tests := []struct {
		name   string
		event  string
		status int
		want   plugin.Error
	}{
		{"nothing", "", 400, plugin.Error{Kind: plugin.BadJSON}},
		{"no JSON", `{"v":1,`, 400, plugin.Error{Kind: plugin.BadJSON}},
		{"no object", `[1]`, 400, plugin.Error{Kind: plugin.BadEvent, Detail: "the event"}},
		{"too deep", strings.Repeat("[", 5000) + strings.Repeat("]", 5000), 400, plugin.Error{Kind: plugin.TooDeep}},
		{"too large", long, 413, plugin.Error{Kind: plugin.TooLarge, Detail: "cut the exchange's body"}},
		{"another version", `{"v":2,"sale_id":"S-1","action":"hold_sale"}`, 400, plugin.Error{Kind: plugin.BadVersion}},
		{"no subject", `{"v":1,"sale_id":"S-1"}`, 400, plugin.Error{Kind: plugin.BadEvent}},
		{"a bad sale id", `{"v":1,"sale_id":"S 1","action":"hold_sale"}`, 400, plugin.Error{Kind: plugin.BadEvent, Detail: "sale_id must be"}},
		{"a long sale id", `{"v":1,"sale_id":"` + strings.Repeat("S", 65) + `","action":"hold_sale"}`, 400, plugin.Error{Kind: plugin.BadEvent, Detail: "sale_id must be"}},
		{"a sale id that is a number", `{"v":1,"sale_id":1,"action":"hold_sale"}`, 400, plugin.Error{Kind: plugin.BadEvent, Detail: "sale_id must be"}},
		{"an event id that is a number", `{"v":1,"event_id":1,"action":"hold_sale"}`, 400, plugin.Error{Kind: plugin.BadEvent, Detail: "event_id must be"}},
		{"sale beside sale_id", `{"v":1,"sale_id":"S-1","sale":{},"action":"hold_sale"}`, 400, plugin.Error{Kind: plugin.BadEvent, Detail: "sale must be absent"}},
		{"a wrong type", `{"v":1,"sale_id":"S-1","at":"now","exchange":{"operation":"lookup","status":404}}`, 400, plugin.Error{Kind: plugin.BadEvent, Detail: "at must be"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newTill(t, serve.Config{Lang: func() plugin.Lang { return plugin.French }})
			got := s.post(t, tt.event)
			require.Equal(t, tt.status, got.status)
			require.NotNil(t, got.Error, got.raw)
			require.Equal(t, tt.want.Kind, got.Error.Kind)
			require.Contains(t, got.Error.Detail, tt.want.Detail)
			require.Empty(t, got.Decision.Card, "the error stands alone")
			require.Equal(t, plugin.CardTillTrouble, s.shown().Decision.Card, "the cashier has a card")
			require.Equal(t, plugin.French, s.shown().Prompt.Locale)
		})
	}
}

// What cannot be read may have been a payment: the screen says so until the
// supervisor has settled it, one after the other, in one sale for all of it.
func TestUnreadableEventsAreOneSaleInDoubt(t *testing.T) {
	s := newTill(t, serve.Config{})
	s.post(t, `{`)
	first := s.shown()
	require.True(t, first.Decision.Doubt)
	s.post(t, `{`)
	require.Equal(t, first.SaleID, s.shown().SaleID)
	for left := 1; left >= 0; left-- {
		require.NoError(t, s.Choose(t.Context(), serve.Chosen{SaleID: first.SaleID, Action: plugin.ActCallSupervisor}))
		require.NoError(t, s.Choose(t.Context(), serve.Chosen{SaleID: first.SaleID, Action: plugin.ActSettleNotTaken}))
		require.Equal(t, left > 0, s.shown().Decision.Doubt)
	}
}

func TestBadEventKeepsTheDoubtOfItsSale(t *testing.T) {
	s := newTill(t, serve.Config{})
	require.True(t, s.post(t, lost).Decision.Doubt)
	require.Equal(t, http.StatusBadRequest, s.post(t, `{"v":1,"sale_id":"S-1"}`).status)
	require.Equal(t, "S-1", s.shown().SaleID)
	require.True(t, s.post(t, event("lookup", 404, "not_found", `"sale_id":"S-1"`)).Decision.Doubt)
}

// An event that cannot be used, and may be about money, gives the sale back in
// doubt, and what the cashier chooses on the card that is shown then is good for it.
func TestRefusedPaymentGivesTheSaleBackInDoubt(t *testing.T) {
	const bad = `"exchange":{"operation":"authorization","status":200,"request":{"amount":"99,00"},"body":"{}"}}`
	tests := []struct {
		name, event string
		own         bool
	}{
		{"the till keeps the sale", `{"v":1,"sale_id":"S-1",` + bad, false},
		{"the POS keeps it", `{"v":1,"sale":{},` + bad, true},
		{"an operation that there is not", `{"v":1,"sale":{},"exchange":{"operation":"authorisation","status":200}}`, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newTill(t, serve.Config{})
			got := s.post(t, tt.event)
			require.Equal(t, http.StatusBadRequest, got.status)
			require.Equal(t, plugin.BadEvent, got.Error.Kind)
			require.True(t, s.shown().Decision.Doubt)
			whose := `"sale_id":"S-1"`
			if tt.own {
				whose = `"sale":` + string(got.Sale)
			}
			then := s.post(t, `{"v":1,`+whose+`,"action":"call_supervisor"}`)
			require.Equal(t, got.name, then.name)
			require.Equal(t, plugin.CardSupervisorSettles, then.Decision.Card)
		})
	}
}

// There is a card for whatever is chosen in a sale from before a restart.
func TestChoiceInASaleThatDoesNotOfferIt(t *testing.T) {
	s := newTill(t, serve.Config{})
	var perr *plugin.Error
	require.ErrorAs(t, s.Choose(t.Context(), serve.Chosen{SaleID: "S-1", Action: plugin.ActCallSupervisor}), &perr)
	require.Equal(t, plugin.ActionNotOffered, perr.Kind)
	require.Equal(t, "S-1", s.shown().SaleID)
	require.True(t, s.shown().Decision.Doubt)
	require.NoError(t, s.Choose(t.Context(), serve.Chosen{SaleID: "S-1", Action: plugin.ActCallSupervisor}), "the card that is shown offers it")
}

func TestAnyReplyIsAnswered(t *testing.T) {
	s := newTill(t, serve.Config{})
	tests := []struct {
		name string
		body string // as JSON
		want string // in the answer
	}{
		{"a long body", `"` + strings.Repeat("x", 100<<10) + `"`, `"card":"`},
		{"a long body that is cut within a letter", `"x` + strings.Repeat("é", 100<<9) + `"`, `"card":"`},
		{"no UTF-8", "\"{\\\"error\\\":\\\"\xff\\\"}\"", `unreadable`},
		{"a lone surrogate", `"{\"error\":\"\ud800\"}"`, `"card":"`},
		{"a body that was parsed", `{"error":"not_found"}`, `"card":"account_not_found"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := s.post(t, `{"v":1,"sale_id":"S-1","exchange":{"operation":"lookup","status":404,"body":`+tt.body+`}}`)
			require.Equal(t, http.StatusOK, got.status, got.raw)
			require.Contains(t, got.raw, tt.want)
		})
	}
}

func TestNamesAreExactAndTheLastDuplicateWins(t *testing.T) {
	s := newTill(t, serve.Config{})
	got := s.post(t, `{"v":1,"SALE_ID":"S 1","sale_id":"S 2","sale_id":"S-1","exchange":{"operation":"lookup","status":500},"exchange":{"operation":"lookup","status":404}}`)
	require.Equal(t, "S-1", got.name)
	require.Equal(t, "lookup/404/", got.Decision.Matched.Rule)
}

func TestLanguageOfTheTill(t *testing.T) {
	s := newTill(t, serve.Config{Lang: func() plugin.Lang { return plugin.French }})
	require.Equal(t, plugin.French, s.post(t, event("lookup", 404, "not_found", `"sale_id":"S-1"`)).Prompt.Locale)
	require.Equal(t, plugin.English, s.post(t, event("lookup", 404, "not_found", `"sale_id":"S-1","locale":"en"`)).Prompt.Locale)
}

func TestRenderingAgainIsNoCard(t *testing.T) {
	s := newTill(t, serve.Config{})
	first := s.post(t, event("lookup", 404, "not_found", `"sale_id":"S-1"`))
	decision, err := json.Marshal(first.Decision)
	require.NoError(t, err)
	got := s.post(t, `{"v":1,"sale_id":"S-1","locale":"fr-CA","ref":"`+first.Prompt.Ref+`","decision":`+string(decision)+`}`)
	require.Equal(t, plugin.French, got.Prompt.Locale)
	require.Equal(t, first.Prompt.Ref, got.Prompt.Ref)
	require.Equal(t, 1, s.count())
}

// A decision that cannot be rendered changes nothing either: the sale's card stays.
func TestRenderingWhatIsNoDecision(t *testing.T) {
	s := newTill(t, serve.Config{})
	s.post(t, lost)
	before := s.shown()
	for _, decision := range []string{`{}`, `{"card":"purchase_captured"}`, `{"family":"other"}`, `[]`} {
		got := s.post(t, `{"v":1,"sale_id":"S-1","decision":`+decision+`}`)
		require.Equal(t, http.StatusBadRequest, got.status, decision)
		require.Equal(t, plugin.BadEvent, got.Error.Kind)
	}
	require.Equal(t, before, s.shown())
	require.Equal(t, 1, s.count())
}

// failing is an engine that fails in one way or another.
type failing struct {
	native
	err error // nil: it panics
}

func (f failing) Take(context.Context, []byte) ([]byte, host.Answer, error) {
	if f.err == nil {
		panic("a bug")
	}
	return nil, host.Answer{}, f.err
}

func TestModuleThatFailsLeavesACard(t *testing.T) {
	tests := []struct {
		name   string
		engine failing
		want   plugin.ErrorKind
	}{
		{"no answer", failing{engine, &plugin.Error{Kind: plugin.ModuleFailed, Detail: "trap"}}, plugin.ModuleFailed},
		{"too late", failing{engine, fmt.Errorf("%w: late", &plugin.Error{Kind: plugin.DeadlinePassed, Detail: "it took too long"})}, plugin.DeadlinePassed},
		{"another error", failing{engine, context.Canceled}, plugin.ModuleFailed},
		{"a bug", failing{engine, nil}, plugin.ModuleFailed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newTill(t, serve.Config{Engine: tt.engine})
			got := s.post(t, lost)
			require.Equal(t, http.StatusOK, got.status)
			require.Equal(t, tt.want, got.Error.Kind)
			require.Equal(t, plugin.CardTillTrouble, got.Decision.Card)
			require.True(t, got.Decision.Doubt)
			require.NotEmpty(t, got.Sale)
			require.Equal(t, got.Decision, s.shown().Decision)
		})
	}
}

func TestPanicEndsOneRequest(t *testing.T) {
	s := newTill(t, serve.Config{Engine: failing{engine, nil}})
	for range 2 { // the sale's turn is given back
		got := s.post(t, lost)
		require.Equal(t, http.StatusOK, got.status)
		require.Equal(t, plugin.ModuleFailed, got.Error.Kind)
		require.True(t, got.Decision.Doubt, "what it was about is not lost with it")
		require.Equal(t, plugin.CardTillTrouble, s.shown().Decision.Card)
		require.Equal(t, "S-1", s.shown().SaleID)
	}
}

func TestWhoMayAsk(t *testing.T) {
	s := newTill(t, serve.Config{Listen: "till3.store.example:7411"})
	good := event("lookup", 404, "not_found", `"sale_id":"S-1"`)
	tests := []struct {
		name   string
		change func(*http.Request)
		want   int
	}{
		{"loopback", func(*http.Request) {}, 200},
		{"localhost", func(r *http.Request) { r.Host = "LocalHost:7411" }, 200},
		{"loopback of IPv6", func(r *http.Request) { r.Host = "[::1]:7411" }, 200},
		{"another loopback address", func(r *http.Request) { r.Host = "127.0.0.2" }, 200},
		{"the address asked for", func(r *http.Request) { r.Host = "till3.store.example:7411" }, 200},
		{"a page that resolves to loopback", func(r *http.Request) { r.Host = "evil.example:7411" }, 403},
		{"another address", func(r *http.Request) { r.Host = "192.0.2.1:7411" }, 403},
		{"no host", func(r *http.Request) { r.Host = "" }, 403},
		{"the same origin", func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:7411") }, 200},
		{"another origin", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }, 403},
		{"a page from a file", func(r *http.Request) { r.Header.Set("Origin", "null") }, 403},
		{"a picture on a page of another origin", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		{"a picture on a page of another port", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") }, 403},
		{"somebody's own browser", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "none") }, 200},
		{"a charset", func(r *http.Request) { r.Header.Set("Content-Type", "application/json; charset=utf-8") }, 200},
		{"a form", func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 415},
		{"no content type", func(r *http.Request) { r.Header.Del("Content-Type") }, 415},
		{"another method", func(r *http.Request) { r.Method = http.MethodPut }, 405},
		{"a question where there is none", func(r *http.Request) { r.Method = http.MethodGet }, 405},
		{"another path", func(r *http.Request) { r.URL.Path = "/v1/event" }, 404},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := s.count()
			r := request(http.MethodPost, "/v1/events", good)
			tt.change(r)
			w := s.do(r)
			require.Equal(t, tt.want, w.Code, w.Body.String())
			if tt.want == http.StatusOK {
				return
			}
			require.Equal(t, before, s.count(), "nobody's request brings up a card")
			require.Contains(t, w.Body.String(), `{"error":{"kind":"bad_request","detail":"`)
			require.True(t, bytes.HasSuffix(w.Body.Bytes(), []byte("\n")))
		})
	}
}
