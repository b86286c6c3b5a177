package pos

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/tillwise/tillwise/plugin"
)

const maxBody = 64 << 10 // of a reply, for tillwise

// exchange sends a request to Flexiti and writes down what came of it: the reply
// as it came, or why there is none. It judges nothing.
func (s *sale) exchange(x *plugin.Exchange, r *http.Request) {
	client := *s.Flexiti
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // a redirect is a reply
	reply, err := client.Do(r)
	if err != nil {
		x.Failure = failure(err)
		return
	}
	defer reply.Body.Close()
	body, err := io.ReadAll(io.LimitReader(reply.Body, maxBody+1))
	x.Status = reply.StatusCode
	x.Headers = map[string]string{"Retry-After": reply.Header.Get("Retry-After"), "Date": reply.Header.Get("Date")}
	if x.BodyCut = err != nil || len(body) > maxBody; x.BodyCut {
		body = body[:min(len(body), maxBody)]
	}
	x.Body = strings.ToValidUTF8(string(body), string(utf8.RuneError))
	if !x.BodyCut {
		s.learn(x, body)
	}
}

// failure says why there is no reply. What cannot be told is a reset: whether the
// request had left, nobody knows then.
func failure(err error) plugin.Failure {
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	var timeout interface{ Timeout() bool }
	switch {
	case errors.As(err, &dns):
		return plugin.FailureDNS
	case errors.Is(err, syscall.ECONNREFUSED):
		return plugin.FailureRefused
	case errors.As(err, &cert):
		return plugin.FailureTLS
	case errors.Is(err, context.Canceled):
		return plugin.FailureCancelled
	case errors.As(err, &timeout) && timeout.Timeout():
		return plugin.FailureTimeout
	}
	return plugin.FailureReset
}

// entry is what may stand in a reply that this program has a use for. Of the
// read-backs no page shows the members (page 9601087): what they are called here,
// and the words of their status, is to be settled with Flexiti.
type entry struct {
	Token         string `json:"access_token"`
	Account       text   `json:"account_number"`
	Code          text   `json:"verification_code"`
	Authorization text   `json:"authorization_id"`
	Capture       text   `json:"capture_id"`
	Reference     string `json:"reference"`
	Status        string `json:"status"`
	Amount        text   `json:"amount"`
}

// text is a string or a number.
type text string

func (t *text) UnmarshalJSON(raw []byte) error {
	*t = text(strings.Trim(string(raw), `"`))
	return nil
}

// states of what a read-back shows.
var states = map[string]plugin.FoundState{
	"captured": plugin.FoundCaptured, "authorized": plugin.FoundHeld, "held": plugin.FoundHeld, "declined": plugin.FoundDeclined,
	"released": plugin.FoundEnded, "ended": plugin.FoundEnded, "closed": plugin.FoundEnded, "expired": plugin.FoundEnded,
}

// learn keeps the numbers that a reply has, and what a read-back shows of this sale.
func (s *sale) learn(x *plugin.Exchange, body []byte) {
	var list []entry
	if json.Unmarshal(body, &list) == nil {
		x.Found = []plugin.Found{}
		for _, e := range list {
			if e.Reference != s.order.SaleID {
				continue // another sale's
			}
			s.keep(e)
			state, known := states[strings.ToLower(e.Status)]
			if !known {
				x.Found = nil // what cannot be told is not told
				return
			}
			id := e.Authorization
			if x.Operation == plugin.OpCaptures {
				id = e.Capture
			}
			x.Found = append(x.Found, plugin.Found{State: state, Amount: string(e.Amount), ID: string(id)})
		}
		return
	}
	var e entry
	if json.Unmarshal(body, &e) == nil {
		s.keep(e)
	}
}

func (s *sale) keep(e entry) {
	set := func(to *string, from text) {
		if from != "" && from != "null" {
			*to = string(from)
		}
	}
	set(&s.token, text(e.Token))
	set(&s.account, e.Account)
	set(&s.authorization, e.Authorization)
	set(&s.capture, e.Capture)
	if strings.Trim(string(e.Code), "0123456789") == "" { // else it says where the code was sent
		set(&s.code, e.Code)
	}
}
