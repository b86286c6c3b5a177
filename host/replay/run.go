package replay

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"path/filepath"
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

	each func(j *job, b *batch, r *recorded, now []byte, diffs []Diff) // of each replayed record, for Steps
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
	if len(files) == 0 {
		return nil, errors.New("looking for journals: no *.jsonl or *.jsonl.gz there")
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

// feeder reads files and hands their records to the workers. What belongs to
// no sale (damage, headers, holes) counts in the first shard only.
type feeder struct {
	options  Options
	tally    *tally
	trackers map[string]*journal.Tracker // by folder and store: that is a journal
	pieces   map[string]*journal.Tracker
	work     chan<- *batch
	free     <-chan *batch
	batch    *batch
	lines    int64
	before   int64 // bytes of the files read so far
	total    int64
}

func (f *feeder) files(ctx context.Context, files []string) error {
	f.total = sizes(files)
	for _, path := range files {
		if err := f.file(ctx, path); err != nil {
			return err
		}
	}
	f.send()
	if f.counts() {
		for _, t := range f.trackers {
			f.tally.report.Missing += t.Missing()
		}
	}
	return nil
}

func (f *feeder) file(ctx context.Context, path string) error {
	r, err := journal.OpenFile(path)
	if err != nil {
		return err
	}
	defer r.Close()
	whole := false
	var store []byte
	var tracker *journal.Tracker
	for {
		item, err := r.Next()
		if errors.Is(err, io.EOF) {
			f.before += r.Offset()
			return ctx.Err()
		}
		if err != nil {
			return fmt.Errorf("replaying %s: %w", path, err)
		}
		if item.Header != nil {
			if f.counts() && item.Header.Origin != "" {
				f.tally.report.Origins[item.Header.Origin]++
			}
			if item.Number == 1 {
				whole = true
			}
			store = append(store[:0], item.Header.Store...)
			tracker = f.tracker(path, store, whole)
			tracker.Begin(item.Header.First)
			continue
		}
		if f.lines++; f.lines%4096 == 0 {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if f.options.Progress != nil {
				f.options.Progress(Progress{f.lines, f.before + r.Offset(), f.total})
			}
		}
		if item.Fault == journal.FaultNone && (tracker == nil || !bytes.Equal(store, item.Line.Store)) {
			store = append(store[:0], item.Line.Store...)
			tracker = f.tracker(path, store, whole)
		}
		f.item(item, tracker)
	}
}

// tracker gives what was seen of a journal. A file that begins without a header
// is only a piece of one, such as journal cat gives: numbers that it lacks are
// not missing, and it is tracked for itself.
func (f *feeder) tracker(path string, store []byte, whole bool) *journal.Tracker {
	trackers, key := f.pieces, path
	if whole {
		trackers, key = f.trackers, filepath.Dir(path)
	}
	key += "\x00" + string(store)
	if trackers[key] == nil {
		trackers[key] = &journal.Tracker{}
	}
	return trackers[key]
}

func (f *feeder) counts() bool { return f.options.Shards <= 1 || f.options.Shard == 1 }

func (f *feeder) item(item journal.Item, tracker *journal.Tracker) {
	fault := item.Fault
	if fault == journal.FaultNone {
		doubled, late, _ := tracker.See(item.Line.Seq)
		if doubled {
			fault = journal.FaultDoubled
		}
		if late && f.counts() {
			f.tally.report.Misplaced++
		}
	}
	if fault != journal.FaultNone {
		f.fault(fault)
		return
	}
	l := item.Line
	if f.options.Shards > 1 && shardOf(l.Store, l.SaleID, f.options.Shards) != f.options.Shard {
		return
	}
	f.tally.report.NotKept += l.Missed
	b := f.batch
	b.jobs = append(b.jobs, job{l.At, l.Seq, b.add(l.Store), b.add(l.Module), b.add(l.Record)})
	if len(b.jobs) == batchSize {
		f.send()
	}
}

func (f *feeder) fault(fault journal.Fault) {
	if !f.counts() {
		return
	}
	rep := &f.tally.report
	rep.Lines++
	if fault == journal.FaultVersion { // whole, as far as one can tell, but not ours to read
		rep.NotReplayable++
		rep.Why[string(fault)]++
		return
	}
	rep.Damaged++
	rep.Damage[fault]++
}

func (f *feeder) send() {
	f.work <- f.batch
	f.batch = <-f.free
}

// shardOf keeps the records of one sale together.
func shardOf(store, sale []byte, shards int) int {
	h := fnv.New32a()
	h.Write(store)
	h.Write([]byte{0})
	h.Write(sale)
	return int(h.Sum32()%uint32(shards)) + 1
}
