package replay

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/generate"
	"github.com/tillwise/tillwise/plugin"
)

// native is an engine without a module: the plugin itself, with an error
// built in on request.
type native struct {
	mu     sync.Mutex
	module plugin.Module
	name   string
	patch  func(face string, out []byte) []byte
	fail   bool
	idle   bool // refuses at once, to see what all else costs
}

func (n *native) call(face string, f func([]byte) []byte, in []byte) ([]byte, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.idle {
		return []byte(`{"error":{"kind":"bad_facts","detail":"facts"}}`), nil
	}
	if n.fail {
		return nil, errors.New("the module trapped")
	}
	out := bytes.Clone(f(in))
	if n.patch != nil {
		out = n.patch(face, out)
	}
	return out, nil
}

func (n *native) DecideJSON(_ context.Context, in []byte) ([]byte, error) {
	return n.call("decide", n.module.Decide, in)
}

func (n *native) AnswerJSON(_ context.Context, in []byte) ([]byte, error) {
	return n.call("answer", n.module.Answer, in)
}

func (n *native) Describe(context.Context) ([]byte, error) {
	return bytes.Clone(n.module.Describe()), nil
}
func (n *native) ModuleSHA256() string        { return "native" + n.name }
func (n *native) Close(context.Context) error { return nil }

// replaced gives an engine that says one thing in another way.
func replaced(face, old, new string) *native {
	return &native{name: new, patch: func(f string, out []byte) []byte {
		if f != face {
			return out
		}
		return bytes.ReplaceAll(out, []byte(old), []byte(new))
	}}
}

// ruleMoney gives an engine whose one rule says something else about money.
func ruleMoney(money string) *native {
	return &native{name: money, patch: func(face string, out []byte) []byte {
		if face == "decide" && bytes.Contains(out, []byte(`"rule":"verify/409/piw_mismatch"`)) {
			out = bytes.Replace(out, []byte(`"money":"not_moved"`), []byte(`"money":"`+money+`"`), 1)
		}
		return out
	}}
}

// week generates a small corpus.
func week(t testing.TB, records int) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, generate.Write(generate.Config{Dir: dir, Seed: 7, Records: records}))
	return dir
}

func run(t testing.TB, o Options) *Report {
	t.Helper()
	r, err := Run(t.Context(), o)
	require.NoError(t, err)
	requireAddsUp(t, r)
	return r
}

func requireAddsUp(t testing.TB, r *Report) {
	t.Helper()
	require.Equal(t, r.Lines, r.Replayed+r.NotReplayable+r.Damaged)
	require.Equal(t, r.Replayed, r.Unchanged+r.Changed)
	sums := struct{ groups, why, damage, days int64 }{}
	for _, g := range r.Groups {
		sums.groups += g.Records
	}
	for _, n := range r.Why {
		sums.why += n
	}
	for _, n := range r.Damage {
		sums.damage += n
	}
	for _, d := range r.Days {
		for _, n := range d.Families {
			sums.days += n
		}
	}
	require.Equal(t, r.NotReplayable, sums.why)
	require.Equal(t, r.Damaged, sums.damage)
	require.Equal(t, r.Replayed, sums.days)
	require.LessOrEqual(t, sums.groups, r.Changed+r.NotReplayable)
}

func text(t testing.TB, r *Report, a *Approvals) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, r.WriteText(&b, Judge(r, a)))
	return b.String()
}

func asJSON(t testing.TB, r *Report) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, r.WriteJSON(&b))
	return b.String()
}

// damage puts a broken segment into a folder. It bears a segment's name: others
// in a folder are no part of a journal.
func damage(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(dir, "journal-000009.jsonl")
	require.NoError(t, os.WriteFile(path, []byte("{\"seq\":1}\nhalf a li"), 0o600))
}
