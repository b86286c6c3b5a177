package flexiti

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

const maxBody = 64 << 10 // bytes of a reply that are of use to tillwise

// Do sends a request, once, and completes the exchange with what came of it. The
// numbers that a reply has go into the sale.
func (c Client) Do(r *http.Request, x *plugin.Exchange, s *Sale) {
	once := *c.HTTP
	once.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // a redirect is a reply
	reply, err := once.Do(r)
	if err != nil {
		x.Failure = failure(err)
		return
	}
	defer reply.Body.Close()
	body, err := io.ReadAll(io.LimitReader(reply.Body, maxBody+1))
	x.BodyCut = err != nil || len(body) > maxBody
	x.Status, x.Body = reply.StatusCode, strings.ToValidUTF8(string(body[:min(len(body), maxBody)]), string(utf8.RuneError))
	x.Headers = map[string]string{"Retry-After": reply.Header.Get("Retry-After"), "Date": reply.Header.Get("Date")}
	if !x.BodyCut {
		s.learn(x, body)
	}
}

// failure says why there is no reply. What is none of the others is a reset: nobody
// knows then whether the request had arrived.
func failure(err error) plugin.Failure {
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	var slow net.Error
	switch {
	case errors.As(err, &dns):
		return plugin.FailureDNS
	case errors.Is(err, syscall.ECONNREFUSED):
		return plugin.FailureRefused
	case errors.As(err, &cert):
		return plugin.FailureTLS
	case errors.Is(err, context.Canceled):
		return plugin.FailureCancelled
	case errors.As(err, &slow) && slow.Timeout():
		return plugin.FailureTimeout
	}
	return plugin.FailureReset
}

// entry is what of a reply, or of an entry of a read-back, there is a use for. No
// page shows the members of the read-backs (page 9601087), nor those of an
// application's answer: these are a guess.
type entry struct {
	Token         text `json:"access_token"`
	Account       text `json:"account_number"`
	Code          text `json:"verification_code"`
	Authorization text `json:"authorization_id"`
	Capture       text `json:"capture_id"`
	Reference     text `json:"reference"`
	Status        text `json:"status"`
	Amount        text `json:"amount"`
	Application   text `json:"application_status"`
}

// text is a string or a number.
type text string

func (t *text) UnmarshalJSON(raw []byte) error {
	*t = text(strings.Trim(string(raw), `"`))
	return nil
}

// states by the word of a read-back: closed and unauthorized stand on page
// 122028066, the others are a guess. A capture has no word: it is one.
var states = map[text]plugin.FoundState{
	"": plugin.FoundCaptured, "captured": plugin.FoundCaptured, "authorized": plugin.FoundHeld, "unauthorized": plugin.FoundDeclined, "closed": plugin.FoundEnded,
}

// learn keeps the numbers of a reply, and notes what a read-back shows of this
// sale. Of what has a word that is not known nothing is noted: not even that it
// was not there.
func (s *Sale) learn(x *plugin.Exchange, body []byte) {
	var one entry
	if json.Unmarshal(body, &one) == nil {
		s.keep(one)
		x.Result = plugin.Result(one.Application)
		return
	}
	var list []entry
	if json.Unmarshal(body, &list) != nil {
		return
	}
	found := []plugin.Found{}
	for _, e := range list {
		state, known := states[e.Status]
		capture := x.Operation == plugin.OpCaptures
		switch {
		case string(e.Reference) != s.Reference: // another sale's
			continue
		case !known || capture != (e.Status == ""):
			return
		}
		id := e.Authorization
		if capture {
			id = e.Capture
		}
		if state == plugin.FoundCaptured || state == plugin.FoundHeld {
			s.keep(e)
		}
		found = append(found, plugin.Found{State: state, Amount: string(e.Amount), ID: string(id)})
	}
	x.Found = found
}

func (s *Sale) keep(e entry) {
	for _, n := range []struct {
		to   *string
		from text
	}{{&s.Token, e.Token}, {&s.Account, e.Account}, {&s.Authorization, e.Authorization}, {&s.Capture, e.Capture}, {&s.Code, e.Code}} {
		where := n.to == &s.Code && strings.Trim(string(n.from), "0123456789") != "" // a word, that says where the code was sent
		if n.from != "" && n.from != "null" && !where {
			*n.to = string(n.from)
		}
	}
}
