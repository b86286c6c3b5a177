package simulator

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// base is where Flexiti's POS API begins (page 42500680); a version follows, and
// for all but the token client-id/{client_id}.
const base = "/flexiti/pos-api/"

// request is what came in, over a connection or without one.
type request struct {
	method string
	url    *url.URL
	header http.Header
	body   []byte
}

// reply is what goes out.
type reply struct {
	status int
	kind   string // Content-Type; empty: JSON
	body   []byte
}

// call is a request of the POS API that is being dealt with.
type call struct {
	*Simulator
	request
	op       plugin.Operation
	now      time.Time
	query    url.Values
	in       input
	client   string   // client_id in the path
	path     []string // what follows it
	merchant *merchant
}

// operationOf says which call a request is: OpUnknown or OpUnknownRead where it
// is none that the documentation has.
func operationOf(r *request) plugin.Operation {
	op := plugin.OpUnknown
	if strings.HasPrefix(r.url.Path, base) && (r.method == http.MethodGet || r.method == http.MethodPost) {
		op = plugin.OperationOf(r.method, r.url.Path)
	}
	switch get := r.method == http.MethodGet; {
	case op != plugin.OpUnknown && get == handlers[op].get, op == plugin.OpI18n, op == plugin.OpCalculateInterest: // pages differ about these two
		return op
	case get:
		return plugin.OpUnknownRead
	}
	return plugin.OpUnknown
}

// handlers carry out each call; `customer` says whether a token with the scope
// of a customer may make it (page 9404505), `get` that it is made with GET.
var handlers = map[plugin.Operation]struct {
	do            func(*call) reply
	customer, get bool
}{
	plugin.OpI18n:              {(*call).options, true, false},
	plugin.OpTerms:             {(*call).terms, true, true},
	plugin.OpDriversLicense:    {(*call).license, true, false},
	plugin.OpSearch:            {(*call).search, false, true},
	plugin.OpLookup:            {(*call).lookup, false, true},
	plugin.OpVerify:            {(*call).verify, true, false},
	plugin.OpCalculateInterest: {(*call).offers, true, false},
	plugin.OpClose:             {(*call).close, true, false},
	plugin.OpApply:             {(*call).apply, true, false},
	plugin.OpTransactions:      {(*call).transact, false, false},
	plugin.OpAuthorization:     {(*call).authorize, true, false},
	plugin.OpRelease:           {(*call).release, false, false},
	plugin.OpCapture:           {(*call).capture, false, false},
	plugin.OpReturn:            {(*call).giveBack, false, false},
	plugin.OpRefund:            {(*call).refund, false, false},
	plugin.OpAuthorizations:    {(*call).listPayments, false, true},
	plugin.OpAuthorizationGet:  {(*call).showPayment, false, true},
	plugin.OpCaptures:          {(*call).listCaptures, false, true},
	plugin.OpWidgetInit:        {(*call).widget, true, false},
}

// work does what a request asks for, whole or not at all.
func (s *Simulator) work(r *request, op plugin.Operation) reply {
	c := &call{Simulator: s, request: *r, op: op}
	parts := strings.Split(strings.TrimPrefix(strings.TrimRight(r.url.Path, "/"), base), "/")
	if len(parts) > 2 && parts[1] == "client-id" {
		c.client, c.path = parts[2], parts[3:]
	}
	c.query = r.url.Query()
	parsed := c.in.read(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	c.now = s.clock()
	switch op {
	case plugin.OpToken:
		return c.token()
	case plugin.OpMerchantsLogin:
		return c.login()
	}
	h, ok := handlers[op]
	if !ok { // judgement: no page says what a path gets that there is not
		return reply{status: http.StatusNotFound, body: []byte(`{"message":"There is no such path."}`)}
	}
	if refused := c.enter(h.customer); refused.status != 0 {
		return refused
	}
	if !parsed {
		return c.wrong("body", "invalid", "")
	}
	if c.names("0001") { // the test plan's trigger for a time-out, page 699432980
		return c.refuse(http.StatusGatewayTimeout, "GATEWAY_TIMEOUT")
	}
	return h.do(c)
}

// names says whether the call is about an account.
func (c *call) names(number string) bool {
	return string(c.in.Account) == number || c.ask("account_number") == number || c.accountNumber() == number
}

// ask gives a parameter of the query.
func (c *call) ask(name string) string {
	if len(c.query) == 0 {
		return ""
	}
	return strings.TrimSpace(c.query.Get(name))
}

// accountNumber gives the account in a path such as accounts/{account_number}/refund.
func (c *call) accountNumber() string {
	if len(c.path) == 3 && (c.path[0] == "account" || c.path[0] == "accounts" || c.path[0] == "customers") {
		return c.path[1]
	}
	return ""
}

// object is a reply in JSON.
type object = map[string]any

func good(v any) reply {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // maps of strings and numbers: never an error
	return reply{status: http.StatusOK, body: bytes.TrimRight(b.Bytes(), "\n")}
}

// refuse is an error in the documented shape (page 10190869). Like Flexiti's, its
// url holds the account's number: a till must not show or keep it.
func (c *call) refuse(status int, code string, fields ...object) reply {
	message := [2]string{"The request was refused.", "La demande a été refusée."}
	o := object{"url": c.url.Path, "error": code}
	if len(fields) > 0 {
		o["field_errors"] = fields
		message = [2]string{"Some inputs are wrong!", "Certaines données sont incorrectes!"}
	}
	o["message"] = message[0]
	if c.ask("lang") == "fr" || c.in.Lang == "fr" {
		o["message"] = message[1]
	}
	r := good(o)
	r.status = status
	return r
}

// conflict is a refusal with 409, where Flexiti has nearly all of them.
func (c *call) conflict(code string) reply { return c.refuse(http.StatusConflict, code) }

// wrong says that an input is missing or not as it must be (page 1472495693).
func (c *call) wrong(param, msg, value string) reply {
	return c.refuse(http.StatusConflict, "wrong_inputs", object{"param": param, "msg": msg, "value": value})
}

// notFound is the 404 of accounts, cards, authorizations and captures (pages 1526104155 and 122028066).
func (c *call) notFound() reply { return c.refuse(http.StatusNotFound, "not_found") }

// stamp writes a time as the replies have it. No page shows its form.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
