package replay

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/tillwise/tillwise/host/journal"
)

// Options say what to replay and by what.
type Options struct {
	Paths    []string // journals, folders of journals
	New      Engine
	Old      Engine // nil: compare with the recording alone
	Shard    int    // from 1; 0 for the whole
	Shards   int
	Workers  int            // 0: one for each processor
	Progress func(Progress) // called now and then by one goroutine; may be nil

	each func(j *job, b *batch, r *recorded, now []byte, diffs []Diff) // of each whole line, for Steps; now is nil where there is no decision
}

// Progress says how far a replay is. Bytes are of the files as they lie on the disk.
type Progress struct{ Lines, Bytes, Total int64 }

const batchSize = 256

// Run replays journals. The error is of the disk or of a module that cannot
// say what it is; what is wrong with single records is in the report.
func Run(ctx context.Context, o Options) (*Report, error) {
	files, err := journal.Files(o.Paths...)
	if err != nil {
		return nil, err
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	total := newTally()
	if err := introduce(ctx, total, o); err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for name := range total.rules {
		known[name] = true
	}
	work, free := make(chan *batch, o.Workers), make(chan *batch, 2*o.Workers+2)
	for range cap(free) {
		free <- &batch{}
	}
	tallies := make([]*tally, o.Workers)
	var group sync.WaitGroup
	for i := range tallies {
		w := &worker{new: newModule(o.New), tally: newTally(), known: known, each: o.each}
		if o.Old != nil {
			w.old = newModule(o.Old)
		}
		tallies[i] = w.tally
		group.Go(func() {
			for b := range work {
				if ctx.Err() == nil {
					w.replay(ctx, b)
				}
				b.bytes, b.jobs = b.bytes[:0], b.jobs[:0]
				free <- b
			}
		})
	}
	f := feeder{options: o, tally: total, trackers: map[string]*journal.Tracker{}, pieces: map[string]*journal.Tracker{}, work: work, free: free, batch: <-free}
	err = f.files(ctx, files)
	close(work)
	group.Wait()
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	for _, t := range tallies {
		gather(total, t)
	}
	renderExamples(ctx, total, o)
	return total.finish(), nil
}

// introduce puts the modules and the rules they know into the report.
func introduce(ctx context.Context, t *tally, o Options) error {
	module, rules, err := describe(ctx, o.New)
	if err != nil {
		return err
	}
	t.report.New = module
	for _, r := range rules {
		t.rule([]byte(r.Rule)).Known = true
	}
	if o.Old != nil {
		module, _, err := describe(ctx, o.Old)
		if err != nil {
			return err
		}
		t.report.Old = &module
	}
	if o.Shards > 1 {
		t.report.Shards = []string{fmt.Sprintf("%d/%d", o.Shard, o.Shards)}
	}
	return nil
}

// gather adds a worker's tally, with the records behind its groups.
func gather(total, part *tally) {
	groups := part.groups
	part.groups = nil
	report := part.finish()
	report.New, report.Old = total.report.New, total.report.Old
	total.add(report)
	for _, g := range groups {
		total.join(g.Group, g.record)
	}
}
