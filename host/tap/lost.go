package tap

import (
	"context"
	"errors"
	"io"
	"math"
	"net"
	"time"

	"github.com/tillwise/tillwise/host/exchange"
	"github.com/tillwise/tillwise/plugin"
)

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
	case errors.Is(err, context.Canceled): // nobody waited for the connection any more
		return plugin.FailureCancelled
	case errors.As(err, &dns):
		return plugin.FailureDNS
	case errors.As(err, &slow) && slow.Timeout():
		return plugin.FailureTimeout
	}
	return exchange.FailureOf(err.Error())
}

// cannotSee is for requests that cannot be followed any more. Those before still get
// their replies, and so does the one at fault, if it was one.
func (t *talk) cannotSee(err error) {
	t.unseen = true
	t.up.skip = math.MaxInt64
	t.say("the requests are " + err.Error())
	if c := t.asking; c != nil && c.money() {
		t.lostCall(c, "", plugin.SentUnknown)
	}
	t.doubt()
}

// cannotRead is for replies that cannot be followed any more. What is asked for from
// now on is seen, and its end is not.
func (t *talk) cannotRead(err error) {
	t.blind = true
	if errors.Is(err, errNoMore) {
		t.line.deaf.Store(true)
		return
	}
	t.giveUp("the replies are " + err.Error())
}

// lose gives a line up: its bytes pass, and nobody reads them.
func (t *talk) lose(why string, at time.Time) {
	t.at, t.gone, t.asking = at, true, nil
	t.line.deaf.Store(true)
	t.doubt()
	t.giveUp(why)
}

// doubt is for what passes unseen: it may be about money, on a line on which calls of
// the POS API were seen.
func (t *talk) doubt() {
	if t.met {
		t.line.tap.poster.add(t.line.tap.unseen(t.at), true)
	}
}

// giveUp says of the calls under way that nobody will know what came of them.
func (t *talk) giveUp(why string) {
	t.say(why)
	for _, c := range t.waiting {
		if c.money() {
			t.lostCall(c, "", plugin.SentUnknown)
		}
	}
	t.waiting = nil
}

func (t *talk) say(why string) {
	if !t.said {
		t.said = true
		t.line.tap.unread.Add(1)
	}
	t.line.tap.config.Log.Warn("a connection is not followed any more; its bytes pass", "connection", t.line.n, "why", why)
}
