package tap

import (
	"bytes"
	"sync"
	"time"
)

const (
	maxPending = 1 << 20  // bytes of one line's copy that wait to be read
	maxWire    = 32 << 20 // of all lines together
	pieceCost  = 128      // bytes that a piece takes besides its data: a POS may send single bytes
)

// kind is what a piece tells.
type kind uint8

const (
	upward    kind = iota // bytes of the POS
	downward              // bytes of the upstream
	upEnded               // the POS sends nothing more
	downEnded             // the upstream sends nothing more
	ended                 // the line is over
	lost                  // from here on the copy is missing
)

// piece is something that happened on a line.
type piece struct {
	line               *line
	kind               kind
	data               []byte
	from               int64 // where the data began in its direction
	at                 time.Time
	attempted, written int64 // how much of the POS's bytes the upstream was given until then, and took
	err                error // of an end: how; of a line that is over: why it never reached the upstream
}

// cost is what a piece takes of the room for bytes. Ends take none: a line has few.
func (p piece) cost() int {
	if len(p.data) == 0 {
		return 0
	}
	return len(p.data) + pieceCost
}

// wire is the queue between the relay and the reader. Nobody waits at its entrance.
type wire struct {
	mu     sync.Mutex
	queue  []piece
	bytes  int
	closed bool
	wake   chan struct{}
	// most bytes that wait to be read: of one line, and of all.
	ofLine, ofAll int
}

func newWire() *wire {
	return &wire{wake: make(chan struct{}, 1), ofLine: maxPending, ofAll: maxWire}
}

// add takes a copy of a piece. Bytes for which there is no room are dropped, and
// all further bytes of their line with them.
func (w *wire) add(p piece) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := p.cost(); n > 0 {
		if p.line.deaf.Load() {
			return
		}
		if p.line.pending+n > w.ofLine || w.bytes+n > w.ofAll {
			p.line.deaf.Store(true)
			p.kind, p.data = lost, nil
		} else {
			p.line.pending += n
			w.bytes += n
			p.data = bytes.Clone(p.data)
		}
	}
	w.queue = append(w.queue, p)
	w.ring()
}

func (w *wire) ring() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// close lets read end once all is read.
func (w *wire) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	w.ring()
}

// read gives the pieces to look, in order, until the wire is closed.
func (w *wire) read(look func(piece)) {
	for range w.wake {
		for {
			w.mu.Lock()
			pieces, closed := w.queue, w.closed
			w.queue = nil
			w.mu.Unlock()
			for i, p := range pieces {
				look(p)
				pieces[i] = piece{}
				if n := p.cost(); n > 0 {
					w.mu.Lock()
					p.line.pending -= n
					w.bytes -= n
					w.mu.Unlock()
				}
			}
			if len(pieces) == 0 {
				if closed {
					return
				}
				break
			}
		}
	}
}
