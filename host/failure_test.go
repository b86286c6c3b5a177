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
	forever := []byte{loop, block, branch, 0, end, unreachable}
	growing := concat([]byte{loop, block}, i32(1), []byte{memoryGrow, 0}, i32(-1), []byte{0x46, branchIf, block, unreachable, end, branch, 0, end, unreachable})
	tests := []struct {
		name string
		make handmade
		want plugin.ErrorKind
	}{
		{"it traps", handmade{faces: map[string][]byte{"tillwise_answer": {unreachable}}}, plugin.ModuleFailed},
		{"it loops", handmade{faces: map[string][]byte{"tillwise_answer": forever}}, plugin.DeadlinePassed},
		{"it loops before it takes the input", handmade{faces: map[string][]byte{"tillwise_buffer": forever}}, plugin.DeadlinePassed},
		{"it grows without end", handmade{faces: map[string][]byte{"tillwise_answer": growing}}, plugin.ModuleFailed},
		{"it calls itself without end", handmade{faces: map[string][]byte{"tillwise_answer": {localGet, 0, 0x10, 4}}}, plugin.ModuleFailed},
		{"it has no place for the input", handmade{faces: map[string][]byte{"tillwise_buffer": i32(0)}}, plugin.ModuleFailed},
		{"its place for the input lies outside", handmade{faces: map[string][]byte{"tillwise_buffer": i32(-8)}}, plugin.ModuleFailed},
		{"its answer lies outside", handmade{faces: map[string][]byte{"tillwise_answer": text(1<<30, 100)}}, plugin.ModuleFailed},
		{"its answer ends outside", handmade{faces: map[string][]byte{"tillwise_answer": text(inputAt, 1<<20)}}, plugin.ModuleFailed},
		{"its answer is empty", handmade{}, plugin.ModuleFailed},
		{"its answer is no JSON", handmade{answer: "\x00\xff{"}, plugin.ModuleFailed},
		{"its answer is no object", handmade{answer: "[1]"}, plugin.ModuleFailed},
		{"its answer is no answer", handmade{answer: `{"v":1}`}, plugin.ModuleFailed},
		{"its answer has no way out", handmade{answer: `{"prompt":{"headline":"x"},"decision":{"card":"x"},"sale":{}}`}, plugin.ModuleFailed},
		{"its answer names an error", handmade{answer: `{"error":{"kind":"bad_facts","detail":"code"}}`}, plugin.BadFacts},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			deadline := time.Minute
			if tt.want == plugin.DeadlinePassed {
				deadline = 50 * time.Millisecond
			}
			e := newEngine(t, host.Config{Module: tt.make.bytes(), Instances: 1, Deadline: deadline})
			require.NoError(t, e.Fallback())
			for range 3 {
				a, err := e.Answer(t.Context(), sample())
				requireKind(t, err, tt.want)
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
	e := newEngine(t, host.Config{Module: handmade{answer: `{"v":1}`}.bytes(), Deadline: time.Minute})
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
	body := concat(
		i32(0), []byte{load8, 0, flagAt, branchIf, block}, text(emptyAt, 2), []byte{returns, end},
		[]byte{localGet, 0}, i32(1), []byte{i32And}, i32(len(in)&1), []byte{0x47, branchIf, block}, // an input of the other parity
		i32(0), i32(1), []byte{store8, 0, flagAt, unreachable, end},
		text(answerAt, len(good)))
	e := newEngine(t, host.Config{Module: handmade{faces: map[string][]byte{"tillwise_answer": body}, answer: good}.bytes(), Instances: 1})
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
	counts := concat(
		i32(0), i32(0), []byte{load8, 0, flagAt}, i32(1), []byte{0x6a, store8, 0, flagAt},
		i32(0), []byte{load8, 0, flagAt}, i32(4), []byte{0x46, branchIf, block, unreachable, end},
		text(emptyAt, 2))
	module := handmade{faces: map[string][]byte{"tillwise_describe": counts}}.bytes()
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
	good := handmade{}.bytes()
	tests := []struct {
		name   string
		module []byte
		sha256 string
		want   string // in the error
	}{
		{"another hash", good, wasm.SHA256([]byte("another")), "SHA-256"},
		{"no hash", good, "none", "SHA-256"},
		{"no module at all", []byte("MZ"), "", "cannot be loaded"},
		{"a cut module", good[:len(good)-9], "", "cannot be loaded"},
		{"an import", handmade{imports: true}.bytes(), "", "imports"},
		{"an export is missing", handmade{without: "tillwise_decide"}.bytes(), "", "tillwise_decide"},
		{"_initialize is missing", handmade{without: "_initialize"}.bytes(), "", "_initialize"},
		{"no memory", handmade{noMemory: true}.bytes(), "", "memory"},
		{"another ABI", handmade{faces: map[string][]byte{"tillwise_abi": i32(2)}}.bytes(), "", "ABI 2"},
		{"it traps at the start", handmade{faces: map[string][]byte{"_initialize": {unreachable}}}.bytes(), "", "does not start"},
		{"it loops at the start", handmade{faces: map[string][]byte{"_initialize": {loop, block, branch, 0, end}}}.bytes(), "", "does not start"},
		{"it traps on its settings", handmade{faces: map[string][]byte{"tillwise_configure": {unreachable}}}.bytes(), "", "does not start"},
	}
	want := string(new(plugin.Module).Describe())
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			deadline := time.Minute
			if tt.name == "it loops at the start" {
				deadline = 300 * time.Millisecond // ten times that for the start
			}
			e := newEngine(t, host.Config{Module: tt.module, SHA256: tt.sha256, Settings: []byte(`{}`), Instances: 1, Deadline: deadline})
			requireKind(t, e.Fallback(), plugin.WrongModule)
			require.ErrorContains(t, e.Fallback(), tt.want)
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
