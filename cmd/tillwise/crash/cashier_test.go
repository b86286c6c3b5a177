//go:build unix

package crash

import (
	"io"
	"math/rand/v2"
)

// cashier chooses what the card on the screen advises, and sees what comes of
// it. The POS of a lane asks for the choices now and then.
func (w *shift) cashier(r *rand.Rand) {
	for w.on() {
		if _, err := io.WriteString(w.t.keys, "1\n"); err != nil {
			return
		}
		for n := range w.m.lanes {
			w.m.mu.Lock()
			s := w.m.lanes[n]
			w.m.mu.Unlock()
			if s == nil {
				continue
			}
			s.mu.Lock()
			if w.m.look(w.t, s) && r.IntN(3) == 0 {
				w.m.fetch(w.t, s)
			}
			s.mu.Unlock()
		}
	}
}
