package replay

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"path/filepath"

	"github.com/tillwise/tillwise/host/journal"
)

// feeder reads files and hands their records to the workers. What belongs to
// no sale (damage, headers, holes) counts in the first shard only.
type feeder struct {
	options  Options
	tally    *tally
	trackers map[string]*journal.Tracker // by folder: that is a journal
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

// tracker gives what was seen of a journal: of a folder's segments, whatever
// their stores, and of each store in files with other names. A file that begins without a header
// is only a piece of one, such as journal cat gives: numbers that it lacks are
// not missing, and it is tracked for itself.
func (f *feeder) tracker(path string, store []byte, whole bool) *journal.Tracker {
	trackers, key := f.pieces, path
	if whole {
		trackers, key = f.trackers, filepath.Dir(path)
	}
	if !whole || !journal.IsSegment(path) {
		key += "\x00" + string(store)
	}
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
