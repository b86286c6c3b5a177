package store

import (
	"maps"
	"runtime/debug"
	"time"
)

// run is the one goroutine that touches the disk. What is kept while a
// transaction is being written goes into the next one, all together.
func (s *Store) run(opened chan<- error) {
	defer close(s.ended)
	debug.SetPanicOnFault(true)  // a page that the disk does not give any more: caught, in file.go
	known, ready := false, false // what was on the disk has been read; it takes what is written
	attempt := func() (err error) {
		if !ready {
			err = s.open(known)
			known, ready = known || err == nil, err == nil
		}
		if ready {
			ready = s.write()
		}
		return err
	}
	err := attempt()
	if err == ErrInUse { // then Open fails, and what is there is nobody's but the other till's
		opened <- err
		_ = s.disk.end()
		return
	}
	if err != nil {
		s.missing()
	}
	opened <- err
	for {
		var again <-chan time.Time
		if !ready {
			again = time.After(retryWait)
		}
		select {
		case <-s.wake:
		case <-again:
		case <-s.quit:
			_ = attempt() // Close tells whether something is left
			_ = s.disk.end()
			return
		}
		_ = attempt() // said in fail
	}
}

// open takes the folder. The first time it reads what is there; later it writes
// all that is kept anew, for the disk may have been changed for another.
func (s *Store) open(known bool) error {
	var values map[string][]byte
	if known {
		values = s.all()
	}
	found, err := s.disk.open(values)
	if err != nil {
		s.fail(err)
		return err
	}
	if known {
		return nil
	}
	s.mu.Lock()
	for name := range s.values { // it came while the disk could not be read
		delete(found, name)
	}
	maps.Copy(s.values, found)
	s.mu.Unlock()
	s.config.Found(found)
	return nil
}

// write writes what is to be written, and says whether the disk took it.
func (s *Store) write() bool {
	changes, waiting := s.take()
	var err error
	if len(changes) > 0 {
		err = s.disk.write(changes)
	}
	if err != nil {
		_ = s.disk.close() // the next attempt begins anew
		s.giveBack(changes)
		s.fail(err)
	}
	for _, w := range waiting {
		w <- err
	}
	s.mu.Lock()
	mended := err == nil && s.trouble != nil && len(s.dirty) == 0
	if mended {
		s.trouble = nil
	}
	s.mu.Unlock()
	if mended {
		s.config.Trouble(nil)
	}
	return err == nil
}
