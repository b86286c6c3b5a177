package tui

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// Beside a POS that does not hear of choices, a key whose call leaves at once is not
// handed on: the module would wait for a call that nobody makes.
func TestByHand(t *testing.T) {
	send := &plugin.Next{Operation: plugin.OpVerify, Format: plugin.MethodSMS}
	tests := []struct {
		name   string
		byHand bool
		action plugin.Action
		want   bool // it is handed on
	}{
		{"a call, and the POS hears of it", false, plugin.Action{ID: plugin.ActSendCodeSMS, Next: send}, true},
		{"a call", true, plugin.Action{ID: plugin.ActSendCodeSMS, Next: send}, false},
		{"a call that the POS need not wait with", true, plugin.Action{ID: plugin.ActCheckStatus, Next: &plugin.Next{Operation: plugin.OpAuthorizations, Auto: true}}, false},
		{"something is typed in first", true, plugin.Action{ID: plugin.ActAskAgain, Next: &plugin.Next{Operation: plugin.OpVerify, Input: true}}, true},
		{"no call", true, plugin.Action{ID: plugin.ActOtherPayment}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for lang, words := range map[plugin.Lang]string{plugin.English: "DO IT ON THE TILL", plugin.French: "FAITES-LE À LA CAISSE"} {
				s := newShift(t, Options{ByHand: tt.byHand})
				c := sampleCard(lang)
				c.Decision.Actions[0] = tt.action
				s.shows(c)
				require.Equal(t, tt.want, s.press('1') != nil)
				require.Equal(t, !tt.want, strings.Contains(s.see(), words))
				if !tt.want {
					require.Nil(t, s.press('1'), "and it stays so")
					require.Contains(t, s.see(), words)
				}
			}
		})
	}
}

func TestByHandInPlainText(t *testing.T) {
	now := time.Unix(1000, 0)
	out := &strings.Builder{}
	s := New(Options{Clock: func() time.Time { return now }, Out: out, ByHand: true})
	sp := &speaker{p: s.p, m: s.p.m}
	c := sampleCard(plugin.English)
	c.Decision.Actions[1] = plugin.Action{ID: plugin.ActSendCodeSMS, Next: &plugin.Next{Operation: plugin.OpVerify}}
	s.Show(c)
	sp.collect()
	out.Reset()
	now = now.Add(time.Minute)
	sp.answer("2")
	require.Equal(t, "DO IT ON THE TILL", flat(out.String()))
	require.Empty(t, s.Events())
}
