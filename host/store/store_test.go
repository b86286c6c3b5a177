package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// found collects what a store says.
type heard struct {
	mu       sync.Mutex
	found    []map[string][]byte
	troubles []error
	said     chan error
}

func (h *heard) config(dir string) Config {
	h.said = make(chan error, 100)
	return Config{Dir: dir,
		Found: func(values map[string][]byte) {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.found = append(h.found, maps.Clone(values))
		},
		Trouble: func(err error) {
			h.mu.Lock()
			h.troubles = append(h.troubles, err)
			h.mu.Unlock()
			h.said <- err
		}}
}

// reopened gives what a till finds in a folder, and leaves it as it is.
func reopened(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	var h heard
	s, err := Open(h.config(dir))
	require.NoError(t, err)
	require.NoError(t, s.Close(context.Background()))
	require.Len(t, h.found, 1)
	require.Empty(t, h.troubles)
	return h.found[0]
}

func opened(t *testing.T, dir string) *Store {
	t.Helper()
	var h heard
	s, err := Open(h.config(dir))
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close(context.Background()) })
	return s
}

func sales(names ...string) []Change {
	var out []Change
	for _, n := range names {
		out = append(out, Change{n, []byte("state of " + n)})
	}
	return out
}

func TestWhatIsKeptIsThereAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "till")
	s := opened(t, dir)
	require.NoError(t, s.Keep(sales("a", "b", "c")...))
	require.NoError(t, s.Keep(Change{"a", []byte("later")}, Change{Name: "b"}))
	require.Nil(t, s.Get("b"))
	require.NoError(t, s.Close(context.Background()))
	require.Equal(t, map[string][]byte{"a": []byte("later"), "c": []byte("state of c")}, reopened(t, dir))
	require.Equal(t, map[string][]byte{"a": []byte("later"), "c": []byte("state of c")}, reopened(t, dir), "looking changes nothing")
}

// What a till that was killed leaves behind is what it kept: nothing is done at its end.
func TestNothingWaitsForTheEnd(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	require.NoError(t, s.Keep(sales("a")...))
	copied := t.TempDir()
	data, err := os.ReadFile(filepath.Join(dir, fileName))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(copied, fileName), data, 0o600))
	require.Contains(t, reopened(t, copied), "a")
}

func TestOneTillOwnsAFolder(t *testing.T) {
	dir := t.TempDir()
	first := opened(t, dir)
	require.NoError(t, first.Keep(sales("a")...))
	_, err := Open(Config{Dir: dir})
	require.ErrorIs(t, err, ErrInUse)
	require.ErrorContains(t, err, dir)
	require.ErrorContains(t, err, "--state")
	require.NoError(t, first.Keep(sales("b")...), "the first is not disturbed")
	require.NoError(t, first.Close(context.Background()))
	require.Len(t, reopened(t, dir), 2)
}

func TestOnlyItsOwnerReadsIt(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "till")
	s := opened(t, dir)
	require.NoError(t, s.Keep(sales("a")...))
	for path, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, fileName): 0o600, filepath.Join(dir, lockName): 0o600} {
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Equal(t, want, info.Mode().Perm(), path)
	}
}

func TestWithoutAFolderNothingIsPromised(t *testing.T) {
	s, err := Open(Config{})
	require.NoError(t, err)
	require.ErrorIs(t, s.Keep(sales("a")...), ErrNowhere)
	require.ErrorIs(t, s.Trouble(), ErrNowhere)
	require.Equal(t, []byte("state of a"), s.Get("a"), "the memory has it")
	require.NoError(t, s.Close(context.Background()))
}

// A damaged file is never an empty one: what is whole goes on, and the till hears
// that something may be missing, until somebody has seen to it.
func TestDamage(t *testing.T) {
	whole := func(t *testing.T) []byte {
		dir := t.TempDir()
		s := opened(t, dir)
		for i := range 200 {
			require.NoError(t, s.Keep(Change{fmt.Sprintf("sale-%03d", i), []byte(strings.Repeat("x", 700))}))
		}
		require.NoError(t, s.Close(context.Background()))
		data, err := os.ReadFile(filepath.Join(dir, fileName))
		require.NoError(t, err)
		return data
	}(t)
	tests := []struct {
		name   string
		damage func(data []byte) []byte
		rest   bool // some of it must still be there
	}{
		{"cut to nothing", func([]byte) []byte { return []byte{} }, false},
		{"cut to one page", func(d []byte) []byte { return d[:4096] }, false},
		{"cut in half", func(d []byte) []byte { return d[:len(d)/2] }, false},
		{"overwritten", func(d []byte) []byte { return []byte(strings.Repeat("rubbish ", len(d)/8)) }, false},
		{"its start overwritten", func(d []byte) []byte { return append(make([]byte, 8192), d[8192:]...) }, false},
		{"one letter changed", func(d []byte) []byte { d[strings.LastIndex(string(d), "xxxx")] = 'y'; return d }, true},
		{"all letters changed", func(d []byte) []byte { return []byte(strings.ReplaceAll(string(d), "xxxx", "yxxx")) }, false},
		{"a text file", func([]byte) []byte { return []byte("sales\n") }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, fileName)
			damaged := tt.damage(append([]byte{}, whole...))
			require.NoError(t, os.WriteFile(path, damaged, 0o600))
			found := reopened(t, dir)
			require.Contains(t, found, Incomplete)
			if tt.rest {
				require.Greater(t, len(found), 100)
			}
			aside, err := os.ReadFile(path + ".damaged-1")
			require.NoError(t, err)
			require.Equal(t, damaged, aside)

			require.Contains(t, reopened(t, dir), Incomplete, "until somebody has seen to it")
			s := opened(t, dir)
			require.NoError(t, s.Keep(Change{Name: Incomplete}))
			require.NoError(t, s.Close(context.Background()))
			require.NotContains(t, reopened(t, dir), Incomplete)
			require.NoFileExists(t, path+".damaged-2")
		})
	}
}

// Whichever byte goes wrong: what is read is what was kept, or it is said that something is missing.
func TestAnyByte(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	want := map[string][]byte{}
	for i := range 20 {
		name, value := fmt.Sprintf("sale-%02d", i), []byte(strings.Repeat("x", 100*i))
		want[name] = value
		require.NoError(t, s.Keep(Change{name, value}))
	}
	require.NoError(t, s.Close(context.Background()))
	data, err := os.ReadFile(filepath.Join(dir, fileName))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), fileName)
	debug.SetPanicOnFault(true) // as where it is read in earnest
	step := 37                  // a prime, so that each place in a structure comes up
	for at := 0; at < len(data); at += step {
		wrong := append([]byte{}, data...)
		wrong[at] ^= 0x55
		require.NoError(t, os.WriteFile(path, wrong, 0o600))
		got, incomplete, err := read(path)
		require.NoError(t, err)
		if !incomplete {
			require.Equal(t, want, got, "byte %d", at)
		}
		for name, value := range got {
			require.Equal(t, want[name], value, "byte %d", at)
		}
	}
}

func TestAFolderThatGoesAndComesBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "till")
	var h heard
	s, err := Open(h.config(dir))
	require.NoError(t, err)
	require.NoError(t, s.Keep(sales("a")...))
	require.NoError(t, os.RemoveAll(dir))
	require.NoError(t, os.WriteFile(dir, nil, 0o600)) // nothing can be made there
	require.Error(t, s.Keep(sales("b")...))
	require.Error(t, s.Keep(sales("c")...))
	require.ErrorContains(t, <-h.said, "sales go on")
	require.NoError(t, os.Remove(dir))
	for err := range h.said {
		if err == nil {
			break
		}
	}
	require.NoError(t, s.Trouble())
	require.NoError(t, s.Keep(sales("d")...))
	require.NoError(t, s.Close(context.Background()))
	require.Len(t, reopened(t, dir), 4, "also what was there before")
}

func TestAFolderThatCannotBeHadAtTheStart(t *testing.T) {
	for _, name := range []string{lockName, fileName} {
		t.Run(name, func(t *testing.T) {
			dir, elsewhere := t.TempDir(), filepath.Join(t.TempDir(), "other")
			require.NoError(t, os.WriteFile(elsewhere, []byte("somebody's"), 0o600))
			require.NoError(t, os.Symlink(elsewhere, filepath.Join(dir, name)))
			var h heard
			s, err := Open(h.config(dir))
			require.NoError(t, err, "a till is never left without a card")
			require.ErrorContains(t, <-h.said, "no plain file")
			require.Contains(t, h.found[0], Incomplete)
			require.Error(t, s.Keep(sales("a")...))
			require.NoError(t, os.Remove(filepath.Join(dir, name)))
			for err := range h.said {
				if err == nil {
					break
				}
			}
			require.NoError(t, s.Close(context.Background()))
			found := reopened(t, dir)
			require.Contains(t, found, "a")
			require.Contains(t, found, Incomplete)
			data, err := os.ReadFile(elsewhere)
			require.NoError(t, err)
			require.Equal(t, "somebody's", string(data))
		})
	}
}

// fake is a disk that can hang and fail.
type fake struct {
	mu      sync.Mutex
	there   map[string][]byte
	failing error
	hang    chan struct{} // a write waits until it is closed; nil: none waits
	hanging chan struct{}
}

func (f *fake) open(values map[string][]byte) (map[string][]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if values != nil && f.failing == nil {
		f.there = maps.Clone(values)
	}
	return maps.Clone(f.there), f.failing
}

func (f *fake) write(changes []Change) error {
	f.mu.Lock()
	hang := f.hang
	f.mu.Unlock()
	if hang != nil {
		f.hanging <- struct{}{}
		<-hang
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.failing != nil {
		return f.failing
	}
	for _, c := range changes {
		if delete(f.there, c.Name); c.Value != nil {
			f.there[c.Name] = c.Value
		}
	}
	return nil
}

func (f *fake) close() error { return nil }
func (f *fake) end() error   { return nil }

func (f *fake) set(failing error, hang chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failing, f.hang = failing, hang
}

func TestADiskThatHangsHoldsUpNoSale(t *testing.T) {
	var h heard
	d := &fake{there: map[string][]byte{}, hanging: make(chan struct{}, 100)}
	s, err := start(h.config("somewhere"), d)
	require.NoError(t, err)
	hang := make(chan struct{})
	d.set(nil, hang)
	require.ErrorIs(t, s.Keep(sales("a")...), errSlow)
	require.ErrorIs(t, <-h.said, errSlow)
	for i := range 1000 {
		require.ErrorIs(t, s.Keep(sales(fmt.Sprint(i))...), errSlow, "at once")
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	require.Error(t, s.Close(ended), "the till ends all the same")
	d.set(nil, nil)
	close(hang)
	require.NoError(t, s.Close(context.Background()))
	require.Len(t, d.there, 1001)
}

func TestADiskThatIsFullAndFreed(t *testing.T) {
	var h heard
	d := &fake{there: map[string][]byte{"old": []byte("sale")}}
	s, err := start(h.config("somewhere"), d)
	require.NoError(t, err)
	d.set(errors.New("no space left"), nil)
	require.ErrorContains(t, s.Keep(sales("a")...), "no space left")
	require.ErrorContains(t, <-h.said, "no space left")
	require.Error(t, s.Keep(Change{Name: "old"}))
	require.ErrorContains(t, s.Trouble(), "no space left")
	d.set(nil, nil)
	require.NoError(t, <-h.said)
	require.NoError(t, s.Trouble())
	require.NoError(t, s.Keep(sales("b")...))
	require.NoError(t, s.Close(context.Background()))
	require.Equal(t, map[string][]byte{"a": []byte("state of a"), "b": []byte("state of b")}, d.there)
}

// What is kept together is there together, whoever keeps at the same time.
func TestManyAtOnce(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	var all sync.WaitGroup
	for lane := range 8 {
		all.Go(func() {
			for i := range 20 {
				if err := s.Keep(sales(fmt.Sprint(lane, "-", i), fmt.Sprint(lane, "+", i))...); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	require.NoError(t, s.Close(context.Background()))
	require.Len(t, reopened(t, dir), 320)
}
