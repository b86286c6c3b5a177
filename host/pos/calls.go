package pos

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// The calls of Flexiti's POS API that a sale makes. Endpoints and members: pages
// 9404505, 9371728, 1851588883, 2290450538, 9601087, 2962194444, 2603516233 and
// 2612625439. The store's and the employee's numbers are this example's own.

// call makes a request ready: for Flexiti, and what tillwise is told of it.
func (s *sale) call(ctx context.Context, op plugin.Operation, format plugin.Method) (plugin.Exchange, *http.Request, error) {
	id, body := string(op), map[string]any{}
	x := plugin.Exchange{Operation: op, Call: s.names[id], Request: plugin.Request{Format: format, Amount: s.amounts[id]}}
	method, path, v := http.MethodPost, "", "2.5.1"
	switch op {
	case plugin.OpToken:
		path, v = "oauth/token", "2.5"
	case plugin.OpTerms:
		method, path, v = http.MethodGet, "terms-and-conditions", "2.5"
	case plugin.OpLookup, plugin.OpSearch:
		method, path, v = http.MethodGet, "customers/lookup?account_number="+url.QueryEscape(s.account), "2.5"
	case plugin.OpApply:
		path, v = "apply", "2.5"
		body["tos_agreement"] = true
	case plugin.OpCalculateInterest:
		path = "accounts/" + url.PathEscape(s.account) + "/calculate-interest"
	case plugin.OpVerify:
		path, v = "account/"+url.PathEscape(s.account)+"/verify", "2.5"
		body["format"] = format
		if s.secret != "" {
			body["security_answer"] = s.secret
		}
		s.secret = "" // for one request only
	case plugin.OpTransactions:
		path = "transactions"
		body["transaction_type"], body["account_number"], body["verification_code"] = "deposit", s.account, s.code
		x.Request.TransactionType = "deposit"
		if s.keys[id] == "" {
			s.keys[id] = x.Call + "-" + s.order.SaleID
		}
		x.Request.IdempotencyKey = s.keys[id]
	case plugin.OpAuthorization:
		path = "authorization"
		option := map[string]any{"transaction_type": "regular_purchase"}
		if s.order.Plan != "" {
			option = map[string]any{"transaction_type": "promotional_purchase", "plan_id": s.order.Plan, "term": s.order.Term}
		}
		body["account_number"], body["verification_code"] = s.account, s.code
		body["financing_option"], body["auto_capture"] = option, s.order.AutoCapture
		x.Request.AutoCapture = &s.order.AutoCapture
	case plugin.OpCapture:
		path = "authorization/" + s.authorization + "/capture"
		x.Request.Amount = cmp.Or(s.amounts[id], s.amounts[string(plugin.OpAuthorization)])
	case plugin.OpReturn:
		path = "authorization/" + s.authorization + "/capture/" + s.capture + "/return"
		x.Request.Amount = cmp.Or(s.amounts[id], s.amounts[string(plugin.OpAuthorization)])
		body["full_return"] = false
	case plugin.OpRefund:
		path = "accounts/" + url.PathEscape(s.account) + "/refund"
		x.Request.Amount = cmp.Or(s.amounts[id], s.amounts[string(plugin.OpReturn)], s.amounts[string(plugin.OpAuthorization)])
		body["capture_id"] = s.capture
	case plugin.OpAuthorizationGet:
		method, path = http.MethodGet, "authorization/"+s.authorization
	case plugin.OpAuthorizations, plugin.OpCaptures:
		method, path = http.MethodGet, id
	default:
		return x, nil, fmt.Errorf("tillwise asks for the call %s, which this program has not got: have it added", op)
	}
	if plugin.MovesMoney(op) || op == plugin.OpVerify || op == plugin.OpApply {
		body["request_id"], body["external_location_id"], body["external_employee_id"] = s.requestID, "00-12345", "12345-X"
	}
	if plugin.MovesMoney(op) {
		body["reference"] = s.order.SaleID
	}
	if x.Request.Amount != "" {
		body["amount"] = x.Request.Amount
	}
	for param, text := range s.fixes {
		body[param] = text
	}
	r, err := s.request(ctx, method, v, path, body)
	if err != nil {
		return x, nil, err
	}
	if key := x.Request.IdempotencyKey; key != "" {
		r.Header.Set("x-idempotency-key", key)
	}
	if s.authorization != "" && strings.HasPrefix(path, "authorization/") { // which one is meant; no other path is told
		x.Method, x.URL = method, r.URL.Path
	}
	return x, r, nil
}

func (s *sale) request(ctx context.Context, method, v, path string, body map[string]any) (*http.Request, error) {
	base := s.URL + "/flexiti/pos-api/v" + v + "/"
	raw, kind := []byte(nil), "application/json"
	switch {
	case path == "oauth/token":
		raw = []byte(url.Values{"grant_type": {"client_credentials"}, "client_id": {s.ClientID}, "client_secret": {s.Secret}, "scope": {"merchant"}}.Encode())
		kind = "application/x-www-form-urlencoded"
	case method == http.MethodPost:
		raw, _ = json.Marshal(body) // of strings and bools
		fallthrough
	default:
		base += "client-id/" + url.PathEscape(s.ClientID) + "/"
	}
	r, err := http.NewRequestWithContext(ctx, method, base+path, bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("making a request to Flexiti: %w", err)
	}
	// net/http repeats by itself what it can read again and has an idempotency key.
	// Then a call that was refused the second time may have gone through the first.
	r.GetBody = nil
	r.Header.Set("Content-Type", kind)
	r.Header.Set("x-reference-id", s.requestID)
	if path != "oauth/token" {
		r.Header.Set("Authorization", "Bearer "+s.token)
	}
	return r, nil
}

func (p *POS) now() time.Time {
	if p.Now == nil {
		return time.Now()
	}
	return p.Now()
}

func (p *POS) wait(ctx context.Context, d time.Duration) error {
	if p.Wait != nil {
		return p.Wait(ctx, d)
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
