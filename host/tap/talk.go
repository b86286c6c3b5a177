package tap

import (
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/tillwise/tillwise/host/exchange"
	"github.com/tillwise/tillwise/plugin"
)

const maxWaiting = 256 // requests of a line that wait for their replies; more are no POS's

// talk follows what is said on one line. It is the reader's alone.
type talk struct {
	line     *line
	up, down framer
	waiting  []*call // whose reply is not over, the oldest first
	asking   *call   // whose request is not over
	reply    answered
	text     body // of the reply
	tunnel   bool // CONNECT was asked for
	blind    bool // replies cannot be read any more
	met      bool // a call of the POS API was seen
	gone     bool // the line was given up
	over     bool // the POS sends nothing more
	count    int
	at       time.Time // of the piece at hand
}

func newTalk(l *line) *talk { return &talk{line: l} }

// take follows one piece.
func (t *talk) take(p piece) {
	t.at = p.at
	if t.gone {
		return
	}
	switch p.kind {
	case upward:
		t.up.jump(p.from)
		if err := t.up.push(p.data, request{t}); err != nil {
			t.lose(err.Error(), p.at)
		}
		t.line.skipUp.Store(t.up.skip)
	case downward:
		if t.blind {
			return
		}
		t.down.jump(p.from)
		if err := t.down.push(p.data, reply{t}); err != nil {
			t.cannotRead(err)
		}
		t.line.skipDown.Store(t.down.skip)
	case upEnded:
		t.upEnded(p)
	case downEnded:
		t.downEnded(p)
	case ended:
		t.ended(p)
	case lost:
		t.line.tap.dropped.Add(1)
		t.met = true // nobody knows what was in it
		t.lose("its copy came faster than it could be read", p.at)
	}
}

// request hears of the POS's messages.
type request struct{ *talk }

func (r request) head(head []byte, start int64) (int64, error) {
	t := r.talk
	a, err := readRequest(head, t.line.tap.config.Upstream.origin)
	if errors.Is(err, errNotHTTP) {
		return 0, err
	}
	c := &call{asked: a, name: t.callName(), start: start}
	t.waiting, t.asking = append(t.waiting, c), c
	t.met = t.met || c.ours
	if err == nil && len(t.waiting) > maxWaiting {
		err = errTooLong
	}
	t.tunnel = t.tunnel || a.method == http.MethodConnect
	return a.length, err
}

func (r request) body(data []byte) bool { return r.asking.ours && r.asking.body.add(data) }

func (r request) over(end int64) {
	t, c := r.talk, r.asking
	t.asking = nil
	if c.end = end; !c.ours {
		return
	}
	c.read()
	t.line.tap.calls.Add(1)
	if t.blind {
		t.waiting = nil
		if c.money() {
			t.lostCall(c, "", plugin.SentUnknown)
		}
		return
	}
	if !c.money() || c.lost {
		return
	}
	t.name(c, "")
	e := c.event(t.at)
	e.Exchange.Failure = plugin.FailurePending
	t.line.tap.poster.add(e, true)
}

// reply hears of the upstream's messages.
type reply struct{ *talk }

func (r reply) head(head []byte, _ int64) (int64, error) {
	t := r.talk
	method := http.MethodGet
	if len(t.waiting) > 0 { // else nobody asked
		method = t.waiting[0].method
	}
	a, err := readReply(head, method)
	if err != nil {
		return 0, err
	}
	t.reply = a
	if a.status == http.StatusSwitchingProtocols || t.tunnel && method == http.MethodConnect && a.status < 300 && a.status >= 200 {
		if c := t.pop(); c != nil && c.money() {
			t.lostCall(c, "", plugin.SentUnknown)
		}
		return 0, errNoMore
	}
	return a.length, nil
}

func (r reply) body(data []byte) bool {
	return len(r.waiting) > 0 && r.waiting[0].ours && r.text.add(data)
}

func (r reply) over(int64) { r.answered(false) }

// answered tells what came of the oldest call.
func (t *talk) answered(brokeOff bool) {
	a := t.reply
	defer t.text.forget()
	if a.status < 200 && !brokeOff { // an interim answer: another one follows
		return
	}
	c := t.pop()
	if c == nil || !c.ours || !c.money() && !exchange.IsCall(c.method, a.status) {
		return
	}
	t.name(c, a.reference)
	e := c.event(t.at)
	e.Exchange.Status, e.Exchange.Headers = a.status, a.headers
	e.Exchange.Body, e.Exchange.BodyCut = t.text.text(a.encoding)
	e.Exchange.BodyCut = e.Exchange.BodyCut || brokeOff
	if c.alone && !c.money() && a.status >= 200 && a.status < 300 && !brokeOff {
		return // nobody's sale, and all is well: a token, say
	}
	t.line.tap.poster.add(e, c.money())
}

func (t *talk) pop() *call {
	if len(t.waiting) == 0 {
		return nil
	}
	c := t.waiting[0]
	t.waiting = t.waiting[1:]
	return c
}

// lostCall tells that a call's reply did not come. After a loss that was told for
// money's sake before the line's end, an answer may still come: it goes by the same name.
func (t *talk) lostCall(c *call, failure plugin.Failure, sent plugin.Sent) {
	if !c.ours || c.lost {
		return
	}
	c.lost = true
	if c.end == 0 { // cut: what there is of it is no request
		c.body.forget()
	}
	t.name(c, "")
	e := c.event(t.at)
	e.Exchange.Failure, e.Exchange.Sent = failure, sent
	t.line.tap.poster.add(e, c.money())
}

// upEnded is for a POS that sends nothing more: most have given up waiting. Of money
// that is told at once; the answer may still come.
func (t *talk) upEnded(p piece) {
	t.over = true
	for _, c := range t.waiting {
		if c.money() {
			t.lostCall(c, plugin.FailureCancelled, whole(c, p))
		}
	}
}

// downEnded is for an upstream that sends nothing more.
func (t *talk) downEnded(p piece) {
	if t.blind {
		return
	}
	if p.err != nil && !errors.Is(p.err, io.EOF) && t.down.place != inHead || t.down.finish(reply{t}) {
		t.answered(true)
		t.down = framer{}
	}
	failure := failureOf(p.err)
	if t.over { // the POS had given up before
		failure = plugin.FailureCancelled
	}
	for _, c := range t.waiting {
		t.lostCall(c, failure, whole(c, p))
	}
}

// ended tells what is left when all is over: now it is known what never left.
func (t *talk) ended(p piece) {
	failure := plugin.FailureReset
	switch {
	case p.err != nil:
		failure = failureOf(p.err)
	case t.over:
		failure = plugin.FailureCancelled
	}
	for _, c := range t.waiting {
		sent := whole(c, p)
		if p.attempted <= c.start {
			sent = plugin.SentNo
		}
		t.lostCall(c, failure, sent)
	}
	t.waiting = nil
}

// whole says whether all of a request was taken by the upstream's connection.
func whole(c *call, p piece) plugin.Sent {
	if c.end > 0 && p.written >= c.end {
		return plugin.SentYes
	}
	return plugin.SentUnknown
}

// failureOf says in the contract's words how a connection failed.
func failureOf(err error) plugin.Failure {
	var dns *net.DNSError
	var slow net.Error
	switch {
	case err == nil, errors.Is(err, io.EOF):
		return plugin.FailureReset
	case errors.As(err, &dns):
		return plugin.FailureDNS
	case errors.As(err, &slow) && slow.Timeout():
		return plugin.FailureTimeout
	}
	return exchange.FailureOf(err.Error())
}

// cannotRead is for replies that cannot be followed any more. What is asked for from
// now on is seen, and its end is not.
func (t *talk) cannotRead(err error) {
	t.blind = true
	if errors.Is(err, errNoMore) {
		t.line.deaf.Store(true)
		return
	}
	t.giveUp("the replies are "+err.Error(), t.at)
}

// lose gives a line up: its bytes pass, and nobody reads them. What passes then may be
// about money, unless it surely never was HTTP.
func (t *talk) lose(why string, at time.Time) {
	t.gone = true
	t.line.deaf.Store(true)
	t.giveUp(why, at)
	if t.met {
		t.line.tap.poster.add(t.line.tap.unseen(at), true)
	}
}

// giveUp says of the calls under way that nobody will know what came of them.
func (t *talk) giveUp(why string, at time.Time) {
	t.at = at
	t.line.tap.unread.Add(1)
	t.line.tap.config.Log.Warn("a connection is not followed any more; its bytes pass", "connection", t.line.n, "why", why)
	for _, c := range t.waiting {
		if c.money() {
			t.lostCall(c, "", plugin.SentUnknown)
		}
	}
	t.waiting = nil
}
