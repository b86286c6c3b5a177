package serve

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/tillwise/tillwise/host/journal"
)

const (
	keepWait  = 250 * time.Millisecond // that an answer waits for its record to be on the disk
	keepLimit = 1000                   // records that wait for a slow disk
	keepBatch = 64                     // that it gets at once, so that many lanes wait for it once
)

var errSlow = errors.New("the journal's disk is too slow: records are being lost; check the disk")

// keeper has records kept, without letting the disk hold up a sale.
type keeper struct {
	journal Journal
	trouble func(error)
	queue   chan keeping
	quit    chan struct{}
	ended   chan struct{}
	ailing  atomic.Bool // what was last said
}

type keeping struct {
	entry journal.Entry
	done  chan struct{}
}

func newKeeper(j Journal, trouble func(error)) *keeper {
	k := &keeper{journal: j, trouble: trouble, queue: make(chan keeping, keepLimit), quit: make(chan struct{}), ended: make(chan struct{})}
	go k.run()
	return k
}

// keep returns when the record is on the disk or cannot be, or after a moment.
func (k *keeper) keep(e journal.Entry) {
	job := keeping{e, make(chan struct{})}
	select {
	case k.queue <- job:
	default:
		k.journal.Lost(1)
		k.trouble(errSlow)
		return
	}
	patience := time.NewTimer(keepWait)
	defer patience.Stop()
	select {
	case <-job.done:
	case <-patience.C:
	}
}

func (k *keeper) run() {
	defer close(k.ended)
	for {
		select {
		case job := <-k.queue:
			k.write(job)
			continue
		case <-k.quit:
		}
		for len(k.queue) > 0 {
			k.write(<-k.queue)
		}
		return
	}
}

// write writes a record, and those that wait behind it.
func (k *keeper) write(jobs ...keeping) {
	for len(jobs) < keepBatch && len(k.queue) > 0 {
		jobs = append(jobs, <-k.queue)
	}
	entries := make([]journal.Entry, len(jobs))
	for i, job := range jobs {
		entries[i] = job.entry
	}
	err := k.append(entries)
	for _, job := range jobs {
		close(job.done)
	}
	if was := k.ailing.Swap(err != nil); err != nil || was {
		k.trouble(err)
	}
}

// append turns a panic into the error that it is here.
func (k *keeper) append(entries []journal.Entry) (err error) {
	defer func() {
		if p := recover(); p != nil {
			k.journal.Lost(int64(len(entries)))
			err = errors.New("the journal failed on a record: that one is lost, and what was to be written with it")
		}
	}()
	return k.journal.Append(entries...)
}

// close waits for what is still to be written.
func (k *keeper) close(ctx context.Context) error {
	close(k.quit)
	select {
	case <-k.ended:
		return nil
	case <-ctx.Done():
		return errSlow
	}
}
