package tui

import (
	"errors"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// What was open before a restart is in sight, and its card is as it was.
func TestOpenSalesAreInSightAfterARestart(t *testing.T) {
	l := startLane(t, Options{Open: func() []host.Card { return []host.Card{checkCard(plugin.English)} }})
	l.until("1 SALE TO CHECK before the end of the shift")
	l.until("5R8D")
	l.press(tcell.KeyRune, '1')
	l.until("CHECK THE SALE")
	settled := doneCard(plugin.English)
	settled.SaleID = checkCard(plugin.English).SaleID
	l.Show(settled)
	l.until("DONE")
}

func TestSettlingAsksForAPIN(t *testing.T) {
	asked := []string{}
	s := newShift(t, Options{Supervisor: func(pin string) (string, error) {
		if asked = append(asked, pin); pin != "4711" {
			return "", errors.New("no")
		}
		return "A", nil
	}})
	s.shows(settling())
	require.Nil(t, s.press('2'))
	require.Nil(t, s.press(keyYes))
	require.Contains(t, s.see(), "your supervisor types their PIN")
	require.Nil(t, s.types("4712"))
	require.Contains(t, s.see(), "> ****")
	require.NotContains(t, s.see(), "4712")
	require.Nil(t, s.types("\r"))
	require.Contains(t, s.see(), "That PIN will not do")
	got := s.types("4711\r")
	require.NotNil(t, got)
	require.Equal(t, plugin.ActSettleTaken, got.Action)
	require.Equal(t, "A", got.SettledBy)
	require.Equal(t, []string{"4712", "4711"}, asked)
	require.Contains(t, s.see(), "CHECK THE SALE", "back on the card, which waits for what comes")
}

func TestLeavingThePINSettlesNothing(t *testing.T) {
	s := newShift(t, Options{Supervisor: func(string) (string, error) { return "A", nil }})
	s.shows(settling())
	s.press('2')
	s.press(keyYes)
	s.types("4")
	s.event(tcell.NewEventKey(tcell.KeyEscape, 0, tcell.ModNone))
	require.Contains(t, s.see(), "CHECK THE SALE")
	s.press('2')
	s.press(keyYes)
	require.Nil(t, s.types("\r"), "nothing of the first PIN is left")
	require.NotContains(t, s.see(), "*")
}

func TestAScannersDigitsAreNoPIN(t *testing.T) {
	s := newShift(t, Options{Supervisor: func(string) (string, error) { t.Error("asked"); return "A", nil }})
	s.shows(settling())
	s.press('2')
	s.press(keyYes)
	for _, r := range "400638\r" {
		s.now = s.now.Add(60 * time.Millisecond)
		k := tcell.KeyRune
		if r == '\r' {
			k = tcell.KeyEnter
		}
		s.event(tcell.NewEventKey(k, r, tcell.ModNone))
	}
	require.Empty(t, s.Events())
	require.NotContains(t, s.see(), "*")
}

// One event in another language does not change the till's.
func TestTheLanguageOfACardEndsWithIt(t *testing.T) {
	l := startLane(t, Options{Lang: plugin.French})
	require.Equal(t, plugin.French, l.Lang())
	l.Show(doneCard(plugin.English))
	l.until("DONE")
	require.Equal(t, plugin.French, l.Lang())
}
