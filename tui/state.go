package tui

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Unsettled is a sale of whose money it is not known what became, as it is kept over a restart:
// these four things and nothing more.
type Unsettled struct {
	SaleID string          `json:"sale_id"`
	At     int64           `json:"at"` // Unix milliseconds of the last card
	Ref    string          `json:"ref"`
	Sale   json.RawMessage `json:"sale"`
}

// State is a folder where a till keeps its unsettled sales. It belongs to one
// till: two that share it would undo each other's entries.
type State struct {
	file    string
	kept    []Unsettled
	damaged bool
}

const stateVersion = 1

type stateFile struct {
	V     int         `json:"v"`
	Sales []Unsettled `json:"sales"`
}

// OpenState reads what a till kept in a folder, and makes the folder, for its
// owner alone, where there is none. A file that cannot be understood is set
// aside with the ending .damaged, and the screen says so; the till starts
// without it. It fails when the folder cannot be made or read.
func OpenState(dir string) (*State, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the state folder: %w; give --state a folder that can be written to", err)
	}
	s := &State{file: filepath.Join(dir, "unsettled.json")}
	data, err := os.ReadFile(s.file)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the unsettled sales: %w; see that the file belongs to the till", err)
	}
	var f stateFile
	if json.Unmarshal(data, &f) != nil || f.V != stateVersion {
		s.damaged = true
		if err := os.Rename(s.file, s.file+".damaged"); err != nil {
			return nil, fmt.Errorf("setting the damaged file of unsettled sales aside: %w", err)
		}
		return s, nil
	}
	s.kept = f.Sales
	return s, nil
}

// Unsettled gives what was kept when the folder was opened, oldest first.
func (s *State) Unsettled() []Unsettled { return s.kept }

// save replaces what is kept. A crash leaves either the old or the new.
func (s *State) save(sales []Unsettled) (err error) {
	data, err := json.Marshal(stateFile{V: stateVersion, Sales: sales})
	if err != nil {
		return fmt.Errorf("writing the unsettled sales: %w", err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(s.file), ".unsettled-*") // 0600
	if err != nil {
		return fmt.Errorf("writing the unsettled sales: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(tmp.Name())
			err = fmt.Errorf("writing the unsettled sales: %w", err)
		}
	}()
	_, err = tmp.Write(append(data, '\n'))
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), s.file)
	}
	if err != nil || runtime.GOOS == "windows" { // where a folder cannot be synced
		return err
	}
	dir, err := os.Open(filepath.Dir(s.file))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// unsettled is what the model has pinned, for keeping.
func (m *model) unsettled() []Unsettled {
	out := make([]Unsettled, 0, len(m.pins))
	for _, p := range m.pins {
		out = append(out, Unsettled{SaleID: p.card.SaleID, At: p.card.At, Ref: p.card.Prompt.Ref, Sale: p.card.Sale})
	}
	return out
}

// keeping is the job of saving what is pinned now.
func keeping(s *State, sales []Unsettled) job {
	return func(context.Context) func(*model) {
		err := s.save(sales)
		return func(m *model) { m.warn(WarnState, err != nil) }
	}
}
