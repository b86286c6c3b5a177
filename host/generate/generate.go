// Package generate makes journals of a week that never was: a few stores, their
// tills and cashiers, and every rule of the catalogue among their sales. The
// same seed gives the same bytes. Every file's header says that it is generated.
//
// Sales are decided by the plugin as a till's are, each step knowing what the
// steps before left behind, so that the records are such as a till would keep.
package generate

import (
	"compress/gzip"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/wasm"
)

// Config says how much to generate. The zero value of a field means its default.
type Config struct {
	Dir     string // where the stores' folders are made
	Seed    uint64
	Records int // in all; 2000
	Stores  int // 4, at most 999
}

// Start is the Monday on which every generated week begins, midnight UTC.
const Start int64 = 1795392000000

const (
	dayMillis    = 24 * 60 * 60 * 1000
	days         = 7
	maxGenerated = 999
)

// Write makes one folder for each store, with one compressed segment a day.
func Write(c Config) error {
	if c.Records == 0 {
		c.Records = 2000
	}
	if c.Stores == 0 {
		c.Stores = 4
	}
	if c.Records < 0 || c.Stores < 0 || c.Stores > maxGenerated {
		return fmt.Errorf("generating a corpus: 1 to %d stores and a number of records are needed", maxGenerated)
	}
	for i := range c.Stores {
		share := c.Records/c.Stores + btoi(i < c.Records%c.Stores)
		if err := writeStore(c, i, share); err != nil {
			return err
		}
	}
	return nil
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func writeStore(c Config, index, records int) error {
	name := fmt.Sprintf("%04d", 412+7*index)
	dir := filepath.Join(c.Dir, "store-"+name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("generating a corpus: %w", err)
	}
	s, err := newStore(name, index, c.Stores, rand.New(rand.NewPCG(c.Seed, uint64(index))))
	if err != nil {
		return err
	}
	seq := int64(1)
	for day := range days {
		share := records/days + btoi(day < records%days)
		path := filepath.Join(dir, fmt.Sprintf("journal-%06d.jsonl.gz", day+1))
		if err := writeDay(path, c, s, Start+int64(day)*dayMillis, seq, share); err != nil {
			return fmt.Errorf("generating a corpus: %w", err)
		}
		seq += int64(share)
	}
	return nil
}

func writeDay(path string, c Config, s *store, midnight, seq int64, records int) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	zip := gzip.NewWriter(f)
	defer func() { err = errors.Join(err, zip.Close(), f.Close()) }()
	line, err := journal.AppendHeader(nil, journal.Header{
		Store: s.name, Module: wasm.SHA256(wasm.Module), First: seq,
		Origin: fmt.Sprintf("generated, seed %d: no real sale", c.Seed),
	})
	if err != nil {
		return err
	}
	if _, err := zip.Write(line); err != nil {
		return err
	}
	// Fourteen hours of trade, from 9 in the morning in Ontario.
	s.clock, s.pause = midnight+14*60*60*1000, 14*60*60*1000/int64(max(records, 1))
	for range records {
		e, err := s.next()
		if err != nil {
			return err
		}
		if line, err = journal.AppendLine(line[:0], s.name, seq, 0, e); err != nil {
			return err
		}
		if _, err := zip.Write(line); err != nil {
			return err
		}
		seq++
	}
	return nil
}
