package flexiti

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/tillwise/tillwise/plugin"
)

// Client is where Flexiti is, and who asks.
type Client struct {
	HTTP         *http.Client // its Timeout bounds a call
	URL          string       // with nothing after the host: "https://posapi-mi.flexiti.fi"
	ClientID     string
	ClientSecret string
}

// Sale is what the requests of one sale are made from: what was ordered and
// typed, and the numbers that the replies gave.
type Sale struct {
	Reference   string // the store's own number of the sale, at most 40 characters
	RequestID   string // ties the verification to what it is for (page 1205370885)
	Account     string
	Person      string // of a search: first_name, last_name and dob, as a query
	Plan, Term  string // of a promotional purchase; without a plan it is a regular one
	AutoCapture bool
	Amounts     map[plugin.Operation]string // decimal dollars
	Key         string                      // of the transaction
	Secret      string                      // that the customer typed, for one verification
	Typed       map[string]any              // further members of one request

	Token, Code, Authorization, Capture string // from the replies
}

// amount is what a call is about: a capture, a return and a refund are for all of the purchase.
func (s *Sale) amount(op plugin.Operation) string {
	switch op {
	case plugin.OpCapture, plugin.OpReturn, plugin.OpRefund, plugin.OpCalculateInterest:
		return cmp.Or(s.Amounts[op], s.Amounts[plugin.OpAuthorization])
	}
	return s.Amounts[op]
}

// Lacks gives the read-back that shows a number which a call needs and no reply
// gave; empty: it needs none.
func (s *Sale) Lacks(op plugin.Operation) plugin.Operation {
	switch {
	case op != plugin.OpCapture && op != plugin.OpReturn:
		return ""
	case s.Authorization == "":
		return plugin.OpAuthorizations
	case s.Capture == "" && op == plugin.OpReturn:
		return plugin.OpCaptures
	}
	return ""
}

// Type puts what somebody typed for an action where the request of its call has
// it: fields are those that were not accepted, the first is the one that was asked for.
// What can stand nowhere (an amount that is none) is an error, and changes nothing.
func (s *Sale) Type(id plugin.ActionID, op plugin.Operation, fields []plugin.Field, text string) error {
	switch {
	case id == plugin.ActChangeAmount, id == plugin.ActSplitPayment, len(fields) > 0 && fields[0].Param == "amount":
		if !plugin.IsAmount(text) {
			return fmt.Errorf("an amount is dollars with a point, such as 1249.00, and at most 7 digits before it")
		}
		s.Amounts[op], s.Key = text, "" // another request: another key
	case id == plugin.ActChoosePlan:
		s.Plan = text
	case op == plugin.OpVerify:
		s.Secret = text
	case op == plugin.OpLookup:
		s.Account = text
	case op == plugin.OpSearch:
		s.Person = text
	case op == plugin.OpApply: // as the customer has filled it in, in JSON
		return json.Unmarshal([]byte(text), &s.Typed)
	case len(fields) > 0:
		s.Typed = map[string]any{fields[0].Param: text}
	default:
		s.Code = text
	}
	return nil
}

// Request makes a call ready: the request for Flexiti, and the exchange as
// tillwise is told of it, without its outcome. An operation that a sale has no
// use for is an error.
func (c Client) Request(ctx context.Context, op plugin.Operation, format plugin.Method, s *Sale) (*http.Request, plugin.Exchange, error) {
	x := plugin.Exchange{Operation: op, Request: plugin.Request{Format: format, Amount: s.amount(op)}}
	version, path, body := "v2.5.1", "", map[string]any{}
	switch op {
	case plugin.OpToken:
		return c.token(ctx, x)
	case plugin.OpTerms:
		version, path, body = "v2.5", "terms-and-conditions", nil
	case plugin.OpSearch:
		version, path, body = "v2.5", "customers/search?"+s.Person, nil
	case plugin.OpLookup:
		version, path, body = "v2.5", "customers/lookup?account_number="+url.QueryEscape(s.Account), nil
	case plugin.OpApply:
		version, path = "v2.5", "apply"
		body["tos_agreement"] = true
	case plugin.OpCalculateInterest:
		path = "accounts/" + url.PathEscape(s.Account) + "/calculate-interest"
	case plugin.OpVerify:
		version, path = "v2.5", "account/"+url.PathEscape(s.Account)+"/verify"
		body["format"], body["security_answer"] = format, s.Secret
		if format == plugin.MethodPIW { // no page shows its member
			body["piw"] = s.Secret
		}
	case plugin.OpTransactions:
		path = "transactions"
		x.Request.TransactionType, x.Request.IdempotencyKey = "deposit", s.Key
		body["transaction_type"], body["account_number"], body["verification_code"] = "deposit", s.Account, s.Code
	case plugin.OpAuthorization:
		path = "authorization"
		x.Request.AutoCapture = &s.AutoCapture
		body["account_number"], body["verification_code"], body["auto_capture"] = s.Account, s.Code, s.AutoCapture
		body["financing_option"] = map[string]any{"transaction_type": "regular_purchase"}
		if s.Plan != "" {
			body["financing_option"] = map[string]any{"transaction_type": "promotional_purchase", "plan_id": s.Plan, "term": s.Term}
		}
	case plugin.OpCapture:
		path = "authorization/" + s.Authorization + "/capture"
	case plugin.OpReturn:
		path = "authorization/" + s.Authorization + "/capture/" + s.Capture + "/return"
		body["full_return"] = false
	case plugin.OpRefund:
		path = "accounts/" + url.PathEscape(s.Account) + "/refund"
		body["capture_id"] = s.Capture
	case plugin.OpAuthorizationGet:
		path, body = "authorization/"+s.Authorization, nil
	case plugin.OpAuthorizations, plugin.OpCaptures:
		path, body = string(op), nil
	default:
		var known bool
		if path, body, known = rare(op, s); !known {
			return nil, x, fmt.Errorf("making the call %s: this POS has not got it; add it to flexiti.Client", op)
		}
		version = "v2.5"
	}
	method, raw := http.MethodGet, []byte(nil)
	if body != nil {
		method = http.MethodPost
		body["request_id"], body["external_location_id"], body["external_employee_id"] = s.RequestID, "00-12345", "12345-X"
		if plugin.MovesMoney(op) {
			body["reference"] = s.Reference
		}
		if x.Request.Amount != "" {
			body["amount"] = x.Request.Amount
		}
		for member, text := range s.Typed {
			body[member] = text
		}
		raw, _ = json.Marshal(body) // strings and bools always can be
	}
	r, err := http.NewRequestWithContext(ctx, method, c.URL+"/flexiti/pos-api/"+version+"/client-id/"+url.PathEscape(c.ClientID)+"/"+path, bytes.NewReader(raw))
	if err != nil {
		return nil, x, fmt.Errorf("making the call %s: %w", op, err)
	}
	// net/http sends a request again by itself where it has an idempotency key and can
	// be read again. Refused the second time, it may have gone through the first.
	r.GetBody = nil
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+s.Token)
	r.Header.Set("x-reference-id", s.RequestID)
	if s.Key != "" && op == plugin.OpTransactions {
		r.Header.Set("x-idempotency-key", s.Key)
	}
	if op == plugin.OpUnknown || op == plugin.OpUnknownRead { // has no name that tillwise could be told
		x.Operation, x.Method, x.URL = "", method, r.URL.Path
	}
	if strings.HasPrefix(path, "authorization/") { // tells which one is meant; what has the account's number is not told
		x.Method, x.URL = method, r.URL.Path
	}
	return r, x, nil
}

func (c Client) token(ctx context.Context, x plugin.Exchange) (*http.Request, plugin.Exchange, error) {
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {c.ClientID}, "client_secret": {c.ClientSecret}, "scope": {"merchant"}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL+"/flexiti/pos-api/v2.5/oauth/token", strings.NewReader(form.Encode()))
	if err != nil {
		return nil, x, fmt.Errorf("signing in: %w", err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r, x, nil
}
