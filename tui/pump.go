package tui

import (
	"time"
)

// tview's queue blocks for ever once its application has stopped (rivo/tview#1163).
// So one goroutine, the pump, is the only one that uses it, and where the
// application is ours it stops it from inside the queue, as the last thing it does.

// begin starts the pump: at the first picture, since only then does the
// application run its queue.
func (p *Primitive) begin() {
	if p.app != nil {
		ring(p.mail.wake) // for what was open before a restart
		p.running.Go(p.pump)
	}
}

func (p *Primitive) pump() {
	for {
		var due <-chan time.Time
		if at := p.due.Load(); at != 0 {
			due = p.o.after(time.Unix(0, at).Sub(p.o.Clock()))
		}
		select {
		case <-p.ctx.Done():
			if p.stops.Load() {
				p.app.QueueUpdate(p.app.Stop)
			}
			return
		case <-p.mail.wake:
			p.queue(p.catchUp)
		case job := <-p.jobs:
			p.queue(func() { defer p.rescue(); job() })
		case <-due:
			p.queue(p.catchUp)
		case <-p.rescheduled:
		}
	}
}

// queue has something done on the application's goroutine, unless the screen has ended:
// then the application may have stopped.
func (p *Primitive) queue(f func()) {
	if p.ctx.Err() == nil {
		p.app.QueueUpdateDraw(f)
	}
}

// do has the pump run something on the application's goroutine, unless the screen ends first.
func (p *Primitive) do(job func()) {
	select {
	case p.jobs <- job:
	case <-p.ctx.Done():
	}
}

// watchContinued has the terminal taken over again when the program goes on after it
// was stopped: its shell has used it in between. Stop ends the watch.
func (p *Primitive) watchContinued(t *terminal) (stop func()) {
	again, stop := continued()
	p.running.Go(func() {
		for {
			select {
			case <-p.ctx.Done():
				return
			case <-again:
				p.do(func() {
					if !reclaim(t) {
						t.failed()
						return
					}
					leaveKeypadMode(t)
					p.repaint = true
				})
			}
		}
	})
	return stop
}

// catchUp takes in the mail, and what time has brought.
func (p *Primitive) catchUp() {
	defer p.rescue()
	p.collect()
	now := p.o.Clock()
	if k, ok := p.guard.due(now); ok {
		p.press(k)
	}
	p.m.tick(now)
	p.update()
}

// collect takes in the mail, after what was open before a restart.
func (p *Primitive) collect() {
	p.restore()
	cards, warnings, told := p.mail.empty()
	for what, on := range warnings {
		p.m.warn(what, on)
	}
	for _, c := range cards {
		p.m.show(c, p.o.Clock())
	}
	for _, t := range told {
		p.m.tell(t)
	}
}

// restore takes up, once, the cards of sales that were open before a restart.
func (p *Primitive) restore() {
	p.restored.Do(func() {
		if p.o.Open != nil && p.m.lesson == nil {
			p.m.restore(p.o.Open(), p.o.Clock())
		}
	})
}

// schedule tells the pump when time has something to do next.
func (p *Primitive) schedule() {
	now := p.o.Clock()
	at := int64(0)
	if d := p.m.next(now); d > 0 {
		at = now.Add(d).UnixNano()
	}
	if held := p.guard.until(); !held.IsZero() && (at == 0 || held.UnixNano() < at) {
		at = held.UnixNano()
	}
	if p.due.Swap(at) != at {
		ring(p.rescheduled)
	}
}

// reword has the words in sight that are not in the cashier's language asked for,
// one card at a time, while the screen goes on.
func (p *Primitive) reword() {
	e := p.m.wordless()
	if e == nil || p.rewording {
		return
	}
	if p.app == nil { // nothing goes on meanwhile
		words, err := reworded(p.ctx, p.o.Engine, e.card, p.m.lang)
		p.m.reword(e, p.m.lang, words, err)
		p.reword()
		return
	}
	p.rewording = true
	card, lang := e.card, p.m.lang
	go func() { // not waited for: an engine may hang
		words, err := reworded(p.ctx, p.o.Engine, card, lang)
		p.do(func() {
			p.rewording = false
			p.m.reword(e, lang, words, err)
			p.update()
		})
	}()
}
