package serve

import (
	"fmt"
	"regexp"
	"sync"
	"time"

	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/plugin"
)

const (
	maxLanes      = 1000           // known at once
	maxLaneEvents = 64             // of one lane, being answered or waiting for it
	laneKept      = 24 * time.Hour // that a lane is known after its last event
)

// tooMany is the kind of an event that was not taken because too much is waiting.
const tooMany plugin.ErrorKind = "too_many"

var laneShape = regexp.MustCompile(`^[A-Za-z0-9._-]{1,32}$`)

func laneName(name string) bool { return laneShape.MatchString(name) && !journal.HoldsCardNumber(name) }

// lanes give each lane of a store its share of the module: where more wait than
// it can answer at once, the lanes have it in turn, one event each. So a lane that
// floods waits for itself. Events that name no lane are one lane together.
type lanes struct {
	mu     sync.Mutex
	now    func() time.Time
	byName map[string]*lane // "": of those that name none
	free   int              // calls that could start now; above 0 only while nobody waits
	line   []*lane          // those of which an event waits, the next one first
}

type lane struct {
	events  int // that were taken in and have no answer yet
	used    time.Time
	waiting []chan struct{} // closed when it is an event's turn
}

// newLanes gives lanes for an engine that answers so many calls at once.
func newLanes(atOnce int, now func() time.Time) *lanes {
	return &lanes{now: now, byName: map[string]*lane{"": {}}, free: max(1, atOnce)}
}

// arrive takes in an event of a lane, unless that has too many under way, or there
// are too many lanes. leave must follow what was taken in.
func (l *lanes) arrive(name string) (*lane, *plugin.Error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a := l.byName[name]
	if a == nil {
		if len(l.byName) > maxLanes && !l.forget() {
			return nil, &plugin.Error{Kind: tooMany, Detail: fmt.Sprintf("%d lanes are known already: lane must name a lane of the store, and no sale or event", maxLanes)}
		}
		a = &lane{}
		l.byName[name] = a
	}
	if name != "" && a.events >= maxLaneEvents {
		return nil, &plugin.Error{Kind: tooMany, Detail: fmt.Sprintf("%d events of this lane have no answer yet: wait for those, and send this one again", maxLaneEvents)}
	}
	a.events++
	a.used = l.now()
	return a, nil
}

func (l *lanes) leave(a *lane) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a.events--
}

// forget forgets the lanes that nothing was heard of for long, and says whether
// there was one. It is called under mu.
func (l *lanes) forget() bool {
	before := len(l.byName)
	for name, a := range l.byName {
		if name != "" && a.events == 0 && l.now().Sub(a.used) >= laneKept {
			delete(l.byName, name)
		}
	}
	return len(l.byName) < before
}

// turn waits until an event of a lane may ask the module. done must follow.
func (l *lanes) turn(a *lane) {
	l.mu.Lock()
	if l.free > 0 {
		l.free--
		l.mu.Unlock()
		return
	}
	mine := make(chan struct{})
	if a.waiting = append(a.waiting, mine); len(a.waiting) == 1 {
		l.line = append(l.line, a)
	}
	l.mu.Unlock()
	<-mine
}

// done lets the next one ask: of the lane that has waited for its turn longest.
func (l *lanes) done() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.line) == 0 {
		l.free++
		return
	}
	a := l.line[0]
	l.line = l.line[1:]
	close(a.waiting[0])
	if a.waiting = a.waiting[1:]; len(a.waiting) > 0 {
		l.line = append(l.line, a)
	}
}

// waiting is how many events wait for the module.
func (l *lanes) waiting() (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, a := range l.line {
		n += len(a.waiting)
	}
	return n
}

// known is how many lanes are known by a name.
func (l *lanes) known() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.byName) - 1
}
