package tap

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

const (
	maxEvents  = 4096     // that wait for the till
	maxBodies  = 16 << 20 // bytes of their bodies
	maxPosting = 8        // events of different sales that the till is asked about at once
)

// poster hands events to the till, each sale's in turn, and never keeps who adds one waiting.
type poster struct {
	tap    *Tap
	ctx    context.Context // done when nobody waits for the till any longer
	giveUp context.CancelFunc
	turns  chan struct{} // one for each event that is being posted

	mu      sync.Mutex
	sales   map[string][]event // that wait, by sale; a sale that is here has a goroutine
	events  int
	bodies  int
	missed  bool // money was in an event for which there was no room
	running sync.WaitGroup
}

func newPoster(t *Tap) *poster {
	p := &poster{tap: t, sales: map[string][]event{}, turns: make(chan struct{}, maxPosting)}
	p.ctx, p.giveUp = context.WithCancel(context.Background())
	return p
}

// add takes an event. Where bodies are too many they are left out, and then a reply
// about money is one that cannot be read: in doubt. Where events are too many, one
// doubt about all money that was in them follows when there is room.
func (p *poster) add(e event, money bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.events >= maxEvents {
		p.tap.untold.Add(1)
		p.missed = p.missed || money
		p.tap.config.Log.Warn("the till is too slow: an event was dropped", "money", money)
		return
	}
	if n := len(e.Exchange.Body); n > 0 && p.bodies+n > maxBodies {
		e.Exchange.Body, e.Exchange.BodyCut = "", true
	}
	p.put(e)
}

// put is called under mu.
func (p *poster) put(e event) {
	p.events++
	p.bodies += len(e.Exchange.Body)
	waiting, running := p.sales[e.SaleID]
	p.sales[e.SaleID] = append(waiting, e)
	if !running {
		p.running.Go(func() { p.work(e.SaleID) })
	}
}

// work posts a sale's events until there are no more.
func (p *poster) work(sale string) {
	for {
		p.mu.Lock()
		waiting := p.sales[sale]
		if len(waiting) == 0 {
			delete(p.sales, sale)
			p.mu.Unlock()
			return
		}
		e := waiting[0]
		p.sales[sale] = waiting[1:]
		p.mu.Unlock()

		p.turns <- struct{}{}
		p.post(e)
		<-p.turns

		p.mu.Lock()
		p.events--
		p.bodies -= len(e.Exchange.Body)
		if p.missed && p.events < maxEvents/2 {
			p.missed = false
			p.put(p.tap.unseen(time.UnixMilli(e.At)))
		}
		p.mu.Unlock()
	}
}

func (p *poster) post(e event) {
	defer func() {
		if recover() != nil {
			p.untold("a fault of the till's")
		}
	}()
	if p.ctx.Err() != nil {
		p.untold("the tap has ended")
		return
	}
	if err := p.tap.config.Post(p.ctx, e.encode()); err != nil {
		p.untold(err.Error())
	}
}

func (p *poster) untold(why string) {
	p.tap.untold.Add(1)
	p.tap.config.Log.Warn("the till could not use an event", "why", why)
}

// close waits until all is told, at most so long, and as long again for a till that is
// asked to give up.
func (p *poster) close(patience time.Duration) {
	told := make(chan struct{})
	go func() {
		p.running.Wait()
		close(told)
	}()
	for range 2 {
		timer := time.NewTimer(patience)
		select {
		case <-told:
		case <-timer.C:
		}
		timer.Stop()
		p.giveUp()
	}
}

// unseen is the event of money that may have moved where nobody could see it: a
// call that is not known, in a sale that is nobody's. The supervisor settles it.
func (t *Tap) unseen(at time.Time) event {
	t.mu.Lock()
	t.blanks++
	n := t.blanks
	t.mu.Unlock()
	c := call{asked: asked{method: "POST", ours: true, operation: plugin.OpUnknown, path: "/"}}
	c.name = t.name + "-unseen-" + strconv.Itoa(n)
	c.sale = c.name
	e := c.event(at)
	e.Exchange.Sent = plugin.SentUnknown
	return e
}
