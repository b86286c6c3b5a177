package tui

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// Complaint: the screen says wait and go at once.
func TestAPauseIsCountedDownBeforeItsKeyCounts(t *testing.T) {
	for _, k := range []key{'1', keyEnter} {
		s := newShift(t, Options{})
		s.shows(pauseCard(plugin.English))
		require.Contains(t, flat(s.see()), "WAIT 4 s")
		require.Equal(t, time.Second, s.m.next(s.now))
		require.Nil(t, s.press(k))
		require.Equal(t, 2, strings.Count(flat(s.see()), "WAIT 3 s"), "the note says why nothing happened")
		s.after(3*time.Second - time.Millisecond)
		require.Contains(t, flat(s.see()), "WAIT 1 s")
		require.NotContains(t, s.see(), "PRESS")
		require.Nil(t, s.hit(k))
		require.Equal(t, time.Millisecond, s.m.next(s.now))

		s.now = s.now.Add(time.Millisecond)
		require.Contains(t, s.see(), "PRESS 1 NOW")
		require.NotContains(t, flat(s.see()), "WAIT ")
		require.Zero(t, s.m.next(s.now))
		require.Equal(t, plugin.ActTryAgain, s.hit(k).Action)
		require.NotContains(t, s.see(), "PRESS 1 NOW", "it is chosen")
	}
}

func TestAPauseHoldsBackItsOwnKeyOnly(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(pauseCard(plugin.English))
	require.Equal(t, plugin.ActOtherPayment, s.press('2').Action)
	require.NotContains(t, flat(s.see()), "WAIT ", "the card has been left")
}

func TestWhichCardsPause(t *testing.T) {
	tests := []struct {
		name  string
		retry plugin.Retry
		first plugin.ActionID
		want  bool
	}{
		{"again, later", plugin.Retry{Policy: plugin.RetryLater, AfterS: 2}, plugin.ActTryAgain, true},
		{"a check", plugin.Retry{Policy: plugin.RetryCheckFirst, AfterS: 10}, plugin.ActCheckStatus, true},
		{"the same payment", plugin.Retry{Policy: plugin.RetryCheckFirst, AfterS: 10}, plugin.ActResendSame, true},
		{"a check at once", plugin.Retry{Policy: plugin.RetryCheckFirst}, plugin.ActCheckStatus, false},
		{"a pause of what is not first", plugin.Retry{Policy: plugin.RetryLater, AfterS: 2}, plugin.ActOtherPayment, false},
		{"another policy", plugin.Retry{Policy: plugin.RetryNow, AfterS: 2}, plugin.ActTryAgain, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := plugin.Decision{Retry: tt.retry, Actions: []plugin.Action{{ID: tt.first}, {ID: plugin.ActTryAgain}}}
			require.Equal(t, tt.want, pauses(d))
			d.Actions = nil
			require.False(t, pauses(d))
		})
	}
}

// An event's own time may be long past, and so is that of a card from before a restart.
func TestAPauseCountsFromWhenTheCardCame(t *testing.T) {
	old := pauseCard(plugin.French)
	old.At = 1
	s := newShift(t, Options{Open: func() []host.Card { return []host.Card{old} }})
	s.catchUp()
	s.now = s.now.Add(time.Second)
	s.m.present(s.m.entries[0], s.now)
	s.update()
	require.Contains(t, flat(s.see()), "ATTENDEZ 3 s")
	s.shows(old)
	require.Contains(t, flat(s.see()), "ATTENDEZ 4 s")
	s.after(4 * time.Second)
	require.Contains(t, s.see(), "APPUYEZ SUR 1")
}

func TestEveryPauseIsInSightAtEverySize(t *testing.T) {
	for _, l := range languages {
		for name, c := range everyCard(t, l) {
			if !pauses(c.Decision) {
				continue
			}
			s := newShift(t, Options{})
			s.shows(c)
			whole := time.Duration(c.Decision.Retry.AfterS) * time.Second
			for _, size := range sizes {
				now := flat(s.seeAt(size[0], size[1]))
				require.Contains(t, now, flat(wordsOf(l).pause+" "+seconds(whole, l)), "%s %v", name, size)
			}
			s.after(whole)
			for _, size := range sizes {
				require.Contains(t, flat(s.seeAt(size[0], size[1])), wordsOf(l).pauseOver, "%s %v", name, size)
			}
		}
	}
}

func TestALongPauseIsInMinutes(t *testing.T) {
	require.Equal(t, "99\u00a0s", seconds(99*time.Second, plugin.French))
	require.Equal(t, "1:40", seconds(99*time.Second+1, plugin.English))
}
