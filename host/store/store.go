// Package store keeps what a till must not lose over its end: every sale that
// the till has acknowledged, with its doubts, spent answers and choices. What a
// sale looks like is host/serve's; here it is bytes under a name.
//
// # Promises
//
// When Keep returns nil, what was kept is on the disk, and a power cut finds it
// there. When it returns an error nothing is lost either while the till runs:
// the memory has it, the disk gets it as soon as it can be written, and Trouble
// hears of both. Nobody waits longer than a moment for a disk that hangs.
//
// One till keeps its sales in one folder, by a lock that ends with the process.
//
// # The file
//
// sales.db is a bbolt database: pages that are written beside the old ones, a
// transaction at a time, so that an end at any moment leaves the one before. It
// trusts its disk, so each value stands behind a checksum over its name and
// itself, and the file is written anew at each start from what could be read.
// Where not all could be, the old file is set aside as sales.db.damaged-N, what
// was whole goes on, and the name Incomplete says that something is missing.
//
// Of the embedded databases bbolt is the one that is a library and one file,
// needs no C, and promises a transaction for one fsync or two.
package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"
	"time"
)

// Trouble of a store. None of it stops a sale.
var (
	// ErrInUse is why a till cannot have a folder: another one has it.
	ErrInUse = errors.New("another till keeps its sales there: end that one, or give this one a folder of its own with --state")
	// ErrNowhere is what Keep returns where no folder was given.
	ErrNowhere = errors.New("sales are kept in memory only, and end with the till")
	errSlow    = errors.New("keeping the sales: the disk does not answer; sales go on, and are written as soon as it does")
	errClosed  = errors.New("keeping the sales: the till has ended")
)

// Incomplete is a name that stands among the values where some may be missing: a
// file was damaged, or could not be read. Who has made up for it has it forgotten.
const Incomplete = "\x00incomplete"

const (
	patience  = 500 * time.Millisecond // that Keep waits for a disk
	retryWait = time.Second            // between attempts to write
	maxName   = 128
	maxValue  = 1 << 20
	startWait = 2 * time.Second // that Open waits for a disk
)

// Change is a value under a name, or the end of one.
type Change struct {
	Name  string // at most 128 bytes
	Value []byte // at most 1 MiB; nil: forget it
}

// Config says where a store is. The functions may be called from any goroutine,
// and must not call back.
type Config struct {
	Dir string // made, for its owner alone, where there is none; empty: in memory only
	// Found gets what was on the disk. It is called before Open returns; where the disk
	// cannot be read in time it gets nothing but Incomplete, and all the rest when
	// it can, without the names that were kept meanwhile.
	Found func(values map[string][]byte)
	// Trouble hears why sales are not being kept, and with nil that they are again.
	Trouble func(error)
}

// Store is a till's store. It is safe for concurrent use.
type Store struct {
	config Config
	disk   disk

	mu      sync.Mutex
	values  map[string][]byte
	dirty   map[string]bool // names whose value is not on the disk
	waiting []chan error    // who wait for what is dirty
	trouble error           // nil: what Keep was given is on the disk, or soon will be
	wake    chan struct{}
	quit    chan struct{}
	ended   chan struct{}
	closing sync.Once
}

// disk is where values are kept. It is used by one goroutine.
type disk interface {
	// open takes the folder, and gives what is there. Values that are passed are
	// written in its place.
	open(values map[string][]byte) (found map[string][]byte, err error)
	write(changes []Change) error
	close() error // after an error: the next open begins anew
	end() error   // and lets go of the folder
}

// Open gives the store of a folder. It fails where another till has it
// (ErrInUse); with a folder that cannot be had otherwise it starts in memory,
// and tries again.
func Open(c Config) (*Store, error) {
	if c.Dir == "" {
		return start(c, nil)
	}
	return start(c, &file{dir: c.Dir})
}

func start(c Config, d disk) (*Store, error) {
	if c.Found == nil {
		c.Found = func(map[string][]byte) {}
	}
	if c.Trouble == nil {
		c.Trouble = func(error) {}
	}
	s := &Store{config: c, disk: d, values: map[string][]byte{}, dirty: map[string]bool{},
		wake: make(chan struct{}, 1), quit: make(chan struct{}), ended: make(chan struct{})}
	if d == nil {
		s.trouble = ErrNowhere
		close(s.ended)
		return s, nil
	}
	opened := make(chan error, 1)
	go s.run(opened)
	select {
	case err := <-opened:
		if errors.Is(err, ErrInUse) {
			<-s.ended
			return nil, fmt.Errorf("keeping the sales in %s: %w", c.Dir, err)
		}
	case <-time.After(startWait):
		s.mu.Lock()
		s.trouble = errSlow
		s.mu.Unlock()
		s.missing()
		c.Trouble(errSlow)
	}
	return s, nil
}

// Get gives the value under a name, nil where there is none.
func (s *Store) Get(name string) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.values[name]
}

// Keep keeps changes, all or none of them, and returns when they are on the
// disk, or an error when they are not yet, at the latest after half a second.
func (s *Store) Keep(changes ...Change) error {
	s.mu.Lock()
	for _, c := range changes {
		if c.Value == nil {
			delete(s.values, c.Name)
		} else {
			s.values[c.Name] = c.Value
		}
		if s.disk != nil {
			s.dirty[c.Name] = true
		}
	}
	trouble, done := s.trouble, make(chan error, 1)
	if trouble == nil {
		s.waiting = append(s.waiting, done)
	}
	s.mu.Unlock()
	if s.ring(); trouble != nil {
		return trouble
	}
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case err := <-done:
		return err
	case <-s.ended:
		return errClosed
	case <-late.C:
		s.fail(errSlow)
		return errSlow
	}
}

// Forget has values forgotten, on the disk a moment later. It never waits.
func (s *Store) Forget(names ...string) {
	s.mu.Lock()
	for _, name := range names {
		if _, kept := s.values[name]; !kept {
			continue
		}
		delete(s.values, name)
		if s.disk != nil {
			s.dirty[name] = true
		}
	}
	s.mu.Unlock()
	s.ring()
}

// ring wakes the writer.
func (s *Store) ring() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Trouble says why what is kept now is not on the disk, nil where it is.
func (s *Store) Trouble() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.trouble
}

// Close writes what is still to be written, at most as long as ctx allows, and
// lets go of the folder.
func (s *Store) Close(ctx context.Context) error {
	s.closing.Do(func() { close(s.quit) })
	select {
	case <-s.ended:
	case <-ctx.Done():
		return errSlow
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.dirty) > 0 {
		return s.trouble
	}
	return nil
}

// fail says that sales are not being kept, once for each reason.
func (s *Store) fail(err error) {
	s.mu.Lock()
	news := s.trouble == nil || s.trouble.Error() != err.Error()
	s.trouble = err
	s.mu.Unlock()
	if news {
		s.config.Trouble(err)
	}
}

// take gives what is to be written, and who wait for it.
func (s *Store) take() ([]Change, []chan error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	changes := make([]Change, 0, len(s.dirty))
	for name := range s.dirty {
		changes = append(changes, Change{name, s.values[name]})
	}
	waiting := s.waiting
	s.dirty, s.waiting = map[string]bool{}, nil
	return changes, waiting
}

// missing says that what was kept is not known.
func (s *Store) missing() {
	mark := map[string][]byte{Incomplete: {1}}
	s.mu.Lock()
	maps.Copy(s.values, mark)
	s.dirty[Incomplete] = true
	s.mu.Unlock()
	s.config.Found(mark)
}

// giveBack has changes written with the next ones.
func (s *Store) giveBack(changes []Change) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range changes {
		s.dirty[c.Name] = true
	}
}

// all gives a copy of what is kept.
func (s *Store) all() map[string][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.values)
}
