package serve

import (
	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/host/store"
)

// keyName is where the store has the key of hidden sale ids.
const keyName = "\x00key"

// ownKey gives the key under which the till hides sale ids, the same over restarts.
func (s *Server) ownKey() []byte {
	key := s.store.Get(keyName)
	if key == nil {
		key = journal.NewKey()
		_ = s.store.Keep(store.Change{Name: keyName, Value: key}) // said already, where it is not kept
	}
	return key
}

// nameOf gives the name under which a sale is kept, shown and told: its id, unless
// that may be somebody's card number. The POS goes on with the id that it has.
func (s *Server) nameOf(id string) string {
	if journal.HoldsCardNumber(id) {
		return journal.HideID(s.key, id)
	}
	return id
}

// Hide gives a sale id that tells sales apart as a text does, the same over restarts,
// and tells nothing else of it: for a host that has a reference which may be somebody's.
func (s *Server) Hide(text string) string { return journal.HideID(s.key, text) }
