package serve

import (
	"errors"
	"sync"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

const (
	maxWrong  = 5               // wrong PINs in a row
	wrongWait = 1 * time.Minute // and then none is looked at for so long
)

// pinWrong is the kind of what is wrong with a PIN.
const pinWrong plugin.ErrorKind = "pin_wrong"

// ErrPIN is why somebody may not settle, and ErrPINWait why nobody may now.
var (
	ErrPIN     = errors.New("settling asks for a supervisor's PIN, and this is none")
	ErrPINWait = errors.New("too many wrong PINs: wait a minute")
)

// gate looks at PINs, one at a time and not too often.
type gate struct {
	mu    sync.Mutex
	wrong int
	until time.Time
}

// Supervisor says who has a PIN: ErrPIN where nobody has, ErrPINWait after too
// many of those. Where the till asks for none, anybody may settle.
func (s *Server) Supervisor(pin string) (who string, err error) {
	if s.config.Supervisor == nil {
		return "", nil
	}
	g := &s.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	if s.config.Clock().Before(g.until) {
		return "", ErrPINWait
	}
	who, ok := s.config.Supervisor(pin)
	if ok {
		g.wrong = 0
		return who, nil
	}
	if g.wrong++; g.wrong >= maxWrong {
		g.wrong, g.until = 0, s.config.Clock().Add(wrongWait)
	}
	return "", ErrPIN
}

// settles says who settles by a posted action: whose PIN it is, else as the POS says.
func (s *Server) settles(p *posted) (string, *plugin.Error) {
	who, err := s.Supervisor(p.pin)
	if err != nil {
		return "", &plugin.Error{Kind: pinWrong, Detail: err.Error()}
	}
	if who == "" {
		who = p.settledBy
	}
	return who, nil
}
