package host_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/wasm"
	"github.com/tillwise/tillwise/wasm/conformance/handmade"
)

// sample is an event that every module of these tests is asked.
func sample() host.Event {
	return host.Event{V: 1, At: 1795530727000, Locale: "fr-CA", Exchange: &plugin.Exchange{
		Operation: plugin.OpAuthorization, Status: 409, Body: `{"error":"declined"}`}}
}

// native is what the plugin says to an event, without any module.
func native(t testing.TB, ev host.Event) string {
	in, err := json.Marshal(ev)
	require.NoError(t, err)
	return string(new(plugin.Module).Answer(in))
}

func newEngine(t testing.TB, c host.Config) *host.Engine {
	if c.Module != nil && c.SHA256 == "" {
		c.SHA256 = wasm.SHA256(c.Module)
	}
	e, err := host.New(t.Context(), c)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, e.Close(context.Background())) })
	return e
}

func requireKind(t testing.TB, err error, want plugin.ErrorKind) {
	t.Helper()
	var perr *plugin.Error
	require.ErrorAs(t, err, &perr)
	require.Equal(t, want, perr.Kind, err)
}

// requireSafe asserts the card of a till in trouble, for a call that may have
// moved money: in French, nothing to resend or pay otherwise, and in doubt.
func requireSafe(t testing.TB, a host.Answer) {
	t.Helper()
	require.Equal(t, plugin.French, a.Prompt.Locale)
	require.NotEmpty(t, a.Prompt.Headline)
	require.Equal(t, plugin.MoneyUnknown, a.Decision.Money)
	require.True(t, a.Decision.Doubt)
	var ids []plugin.ActionID
	for _, act := range a.Decision.Actions {
		ids = append(ids, act.ID)
	}
	require.Equal(t, []plugin.ActionID{plugin.ActCheckStatus, plugin.ActCallSupervisor, plugin.ActHoldSale}, ids)
	require.Len(t, a.Prompt.Actions, len(ids))
	var sale plugin.Sale
	require.NoError(t, json.Unmarshal(a.Sale, &sale))
	require.True(t, sale.InDoubt())
	require.Equal(t, plugin.OpAuthorization, sale.Payments[0].Operation)
	require.Nil(t, a.Record)
}

// Whatever a module does, the cashier gets a card, support gets a named error,
// and the engine goes on.
func TestModuleFails(t *testing.T) {
	tests := append(handmade.Failing(), handmade.Fault{
		Name: "its answer names an error", Kind: plugin.BadFacts,
		Module: handmade.Module{Answer: `{"error":{"kind":"bad_facts","detail":"code"}}`}.Bytes(),
	})
	for _, tt := range tests {
		t.Run(tt.Name, func(t *testing.T) {
			deadline := time.Minute
			if tt.Kind == plugin.DeadlinePassed {
				deadline = 50 * time.Millisecond
			}
			e := newEngine(t, host.Config{Module: tt.Module, Instances: 1, Deadline: deadline})
			require.NoError(t, e.Fallback())
			for range 3 {
				a, err := e.Answer(t.Context(), sample())
				requireKind(t, err, tt.Kind)
				requireSafe(t, a)
			}
			out, err := e.DecideJSON(t.Context(), nil)
			require.NoError(t, err, "the next instance must be a good one")
			require.Equal(t, "{}", string(out))
		})
	}
}

// A module that starts and then answers nothing but nonsense is given up, and
// the till says why.
func TestModuleThatNeverAnswersIsGivenUp(t *testing.T) {
	e := newEngine(t, host.Config{Module: handmade.Module{Answer: `{"v":1}`}.Bytes(), Deadline: time.Minute})
	require.NoError(t, e.Fallback())
	for range 5 {
		a, err := e.Answer(t.Context(), sample())
		requireKind(t, err, plugin.ModuleFailed)
		requireSafe(t, a)
	}
	requireKind(t, e.Fallback(), plugin.ModuleFailed)
	require.Equal(t, wasm.SHA256(wasm.Module), e.ModuleSHA256())
	a, err := e.Answer(t.Context(), sample())
	require.NoError(t, err)
	require.NotEqual(t, plugin.CardTillTrouble, a.Decision.Card)
}

// An instance that has trapped may still answer, and its answers are not to be
// trusted: this one traps once and then tells tales.
func TestInstanceIsDiscardedAfterATrap(t *testing.T) {
	good := native(t, sample())
	in, err := json.Marshal(sample())
	require.NoError(t, err)
	body := handmade.Concat(
		handmade.I32(0), []byte{handmade.Load8, 0, handmade.FlagAt, handmade.BranchIf, handmade.Block}, handmade.Text(handmade.EmptyAt, 2), []byte{handmade.Returns, handmade.End},
		[]byte{handmade.LocalGet, 0}, handmade.I32(1), []byte{handmade.I32And}, handmade.I32(len(in)&1), []byte{0x47, handmade.BranchIf, handmade.Block}, // an input of the other parity
		handmade.I32(0), handmade.I32(1), []byte{handmade.Store8, 0, handmade.FlagAt, handmade.Unreachable, handmade.End},
		handmade.Text(handmade.AnswerAt, len(good)))
	e := newEngine(t, host.Config{Module: handmade.Module{Faces: map[string][]byte{"tillwise_answer": body}, Answer: good}.Bytes(), Instances: 1})
	for range 2 {
		out, err := e.AnswerJSON(t.Context(), in)
		require.NoError(t, err)
		require.Equal(t, good, string(out))
		_, err = e.AnswerJSON(t.Context(), append(in[:len(in):len(in)], ' '))
		requireKind(t, err, plugin.ModuleFailed)
	}
}

// This module wears out: its fourth call traps. It is replaced before.
func TestInstanceIsReplacedAfterItsCalls(t *testing.T) {
	counts := handmade.Concat(
		handmade.I32(0), handmade.I32(0), []byte{handmade.Load8, 0, handmade.FlagAt}, handmade.I32(1), []byte{0x6a, handmade.Store8, 0, handmade.FlagAt},
		handmade.I32(0), []byte{handmade.Load8, 0, handmade.FlagAt}, handmade.I32(4), []byte{0x46, handmade.BranchIf, handmade.Block, handmade.Unreachable, handmade.End},
		handmade.Text(handmade.EmptyAt, 2))
	module := handmade.Module{Faces: map[string][]byte{"tillwise_describe": counts}}.Bytes()
	e := newEngine(t, host.Config{Module: module, Instances: 1, Calls: 3})
	for range 10 {
		_, err := e.Describe(t.Context())
		require.NoError(t, err)
	}
	e = newEngine(t, host.Config{Module: module, Instances: 1, Calls: 4})
	var worn error
	for range 4 {
		_, worn = e.Describe(t.Context())
	}
	requireKind(t, worn, plugin.ModuleFailed)
}

// A module that fails its checks is not run: the engine says why and runs the
// one it was built with.
func TestWrongModuleGoesBackToTheEmbeddedOne(t *testing.T) {
	good := handmade.Module{}.Bytes()
	tests := []struct {
		name, sha256 string
		handmade.Fault
	}{
		{"another hash", wasm.SHA256([]byte("another")), handmade.Fault{Module: good, Says: "SHA-256"}},
		{"no hash", "none", handmade.Fault{Module: good, Says: "SHA-256"}},
	}
	for _, f := range handmade.Wrong() {
		tests = append(tests, struct {
			name, sha256 string
			handmade.Fault
		}{f.Name, "", f})
	}
	want := string(new(plugin.Module).Describe())
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			deadline := time.Minute
			if tt.name == "loops-at-start" {
				deadline = 300 * time.Millisecond // ten times that for the start
			}
			e := newEngine(t, host.Config{Module: tt.Module, SHA256: tt.sha256, Settings: []byte(`{}`), Instances: 1, Deadline: deadline})
			requireKind(t, e.Fallback(), plugin.WrongModule)
			require.ErrorContains(t, e.Fallback(), tt.Says)
			require.Equal(t, wasm.SHA256(wasm.Module), e.ModuleSHA256())
			requireSafe(t, e.Safe(sample()))
			if deadline == time.Minute {
				out, err := e.Describe(t.Context())
				require.NoError(t, err)
				require.Equal(t, want, string(out))
			}
		})
	}
}

func TestCancelledCallHasACard(t *testing.T) {
	e := newEngine(t, host.Config{Instances: 1})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	a, err := e.Answer(ctx, sample())
	requireKind(t, err, plugin.DeadlinePassed)
	require.ErrorIs(t, err, context.Canceled)
	requireSafe(t, a)
}

func TestClosedEngineHasACard(t *testing.T) {
	e, err := host.New(t.Context(), host.Config{})
	require.NoError(t, err)
	require.NoError(t, e.Close(t.Context()))
	require.NoError(t, e.Close(t.Context()), "twice is once")
	a, err := e.Answer(t.Context(), sample())
	requireKind(t, err, plugin.ModuleFailed)
	require.ErrorContains(t, err, "closed")
	requireSafe(t, a)
}

func TestRefusedSettings(t *testing.T) {
	_, err := host.New(t.Context(), host.Config{Settings: []byte(`{"policy":{"methods":"sms"}}`)})
	requireKind(t, err, plugin.BadPolicy)
	_, err = host.New(t.Context(), host.Config{Settings: []byte(`{"policy"`)})
	requireKind(t, err, plugin.BadJSON)
	require.False(t, errors.Is(err, context.DeadlineExceeded))
}
