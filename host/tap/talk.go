package tap

import (
	"errors"
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
	unseen   bool // requests cannot be read any more
	blind    bool // replies cannot be read any more
	met      bool // a call of the POS API was seen
	gone     bool // the line was given up
	said     bool // that something of it cannot be followed
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
		if t.unseen {
			return
		}
		t.up.jump(p.from)
		if err := t.up.push(p.data, request{t}); err != nil {
			t.cannotSee(err)
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
	if !c.money() || c.lost || c.done {
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
	if t.gone {
		return 0, errNoMore
	}
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
	if c == nil && t.asking != nil {
		// What is taken for the rest of a request that has its answer was another request.
		t.lose("requests and replies that do not match", t.at)
	}
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
	c.done = true
	return c
}
