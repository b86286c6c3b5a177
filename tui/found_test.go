package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// What strangers found who tried the screen and read its code, each with the smallest
// input that showed it.

// touch is a finger on a cell.
func (s *shift) touch(x, y int) *Event {
	s.MouseHandler()(tview.MouseLeftDown, tcell.NewEventMouse(x, y, tcell.Button1, 0), func(tview.Primitive) {})
	select {
	case e := <-s.events:
		return &e
	default:
		return nil
	}
}

func TestNoKeyBringsAPINBack(t *testing.T) {
	tried := []string{}
	s := newShift(t, Options{Supervisor: func(pin string) (string, error) { tried = append(tried, pin); return "A", nil }})
	for range 2 {
		s.shows(settling())
		s.press('2')
		s.press(keyYes)
		for k := tcell.KeyCtrlA; k <= tcell.KeyCtrlZ; k++ {
			if k != tcell.KeyCtrlM && k != tcell.KeyCtrlJ && k != tcell.KeyCtrlH {
				s.event(tcell.NewEventKey(k, 0, tcell.ModCtrl))
			}
		}
		require.Empty(t, s.pin.field.GetText())
		require.NotNil(t, s.types("4711\r"))
	}
	require.Equal(t, []string{"4711", "4711"}, tried)
}

func TestWhatWasBegunAsAPINIsTypedOnNoCard(t *testing.T) {
	s := newShift(t, Options{Supervisor: func(string) (string, error) { return "", errors.New("no") }})
	s.shows(settling())
	s.press('2')
	s.press(keyYes)
	s.event(tcell.NewEventKey(tcell.KeyRune, '4', tcell.ModNone))
	s.shows(sampleCard(plugin.English))
	for _, r := range "12727" {
		s.event(tcell.NewEventKey(tcell.KeyRune, r, tcell.ModNone))
		s.after(300 * time.Millisecond)
		require.Empty(t, s.Events())
		require.Contains(t, s.see(), "DO NOW")
	}
	s.after(time.Second)
	require.NotNil(t, s.press('2'), "after a rest it is a choice")
}

func TestAQuestionHasItsKeysForItself(t *testing.T) {
	s := newShift(t, Options{Mouse: true})
	s.shows(refundCard(plugin.English))
	s.after(time.Second)
	s.shows(settling())
	for _, k := range []key{'2', keyLeave} {
		s.press(k)
		require.NotContains(t, s.see(), "Go to it", "key 5 is the question's")
		s.press(keyBack)
		require.Contains(t, s.see(), "[5] Go to it")
	}
}

func TestABouncedFingerSaysYesToNothing(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {80, 12}, {40, 12}, {40, 20}} {
		for y := range size[1] {
			s := newShift(t, Options{Mouse: true})
			s.shows(settling())
			s.after(time.Second)
			s.seeAt(size[0], size[1])
			s.touch(8, y)
			s.seeAt(size[0], size[1])
			s.now = s.now.Add(60 * time.Millisecond)
			if e := s.touch(8, y); e != nil {
				require.False(t, e.Action.Settles(), "%v row %d", size, y)
			}
		}
	}
}

func TestAQuestionIsAnsweredOnlyByWhoCanReadIt(t *testing.T) {
	for _, l := range languages {
		for _, size := range [][2]int{{80, 24}, {40, 12}, {30, 12}, {40, 8}, {80, 6}, {20, 12}, {20, 8}} {
			s := newShift(t, Options{})
			c := settlingIn(l)
			c.Display.Sale = "A-1234567890-1234567890-1234567890-B"
			s.shows(c)
			s.press('2')
			picture := s.seeAt(size[0], size[1])
			s.now = s.now.Add(time.Second)
			s.Primitive.press(keyYes)
			whole := strings.Contains(picture, "[5]") && strings.Contains(flat(picture), flat(c.Prompt.Actions[1].Text))
			require.Equal(t, whole, len(s.events) == 1, "%s %v\n%s", l, size, picture)
		}
	}
	s := newShift(t, Options{})
	for i := range 30 {
		c := checkCard(plugin.English)
		c.SaleID, c.Display.Sale = fmt.Sprint(i), fmt.Sprint("sale ", i)
		s.shows(c)
	}
	s.press(keyLeave)
	require.Contains(t, s.see(), "[5] Leave", "however much is open")
	require.Contains(t, s.see(), "+25")
	require.Contains(t, s.seeAt(40, 10), "[5] Leave")
	s.now = s.now.Add(time.Second)
	s.Primitive.press(keyYes)
	require.Error(t, s.ctx.Err(), "on a small screen, too")
}

func TestKeyFiveGoesThroughAllDoubts(t *testing.T) {
	open := []host.Card{}
	for i := range 4 {
		c := checkCard(plugin.English)
		c.SaleID, c.Display.Sale = fmt.Sprint(i), fmt.Sprint("sale-", i)
		open = append(open, c)
	}
	s := newShift(t, Options{Open: func() []host.Card { return open }})
	s.catchUp()
	seen := map[string]bool{}
	for range 4 {
		bar := rowsText([]line{s.m.doubtBar(80, s.now)})
		s.press(keyDoubt)
		seen[s.m.open.card.SaleID] = true
		require.Contains(t, bar, s.m.open.card.Display.Sale, "the one that the bar names")
	}
	require.Len(t, seen, 4)
}

func TestAChoiceIsItsCards(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(settling())
	s.press('2')
	require.NotNil(t, s.press(keyYes))
	s.press(keyBack)
	s.press(keyDoubt)
	require.Contains(t, s.see(), "CHOSEN [2]")
	s.press('3')
	require.Nil(t, s.press(keyYes), "the contrary of what was stated a moment ago")
}

func TestLookingIntoTheHistoryLeavesTheCard(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(doneCard(plugin.English))
	s.shows(doneCard(plugin.English)) // the first is over
	s.shows(sampleCard(plugin.English))
	s.press(keyHistory)
	s.see()
	s.press(keyEnd)
	s.press('1')
	require.Contains(t, s.see(), "DETAILS   Sale 10-4470", "which stands over what they are of")
	s.press(keyBack)
	require.Contains(t, s.see(), ">14:32   10-4470", "the list is where it was")
	s.press(keyBack)
	require.Contains(t, s.see(), "Security answer did not match")
	require.Contains(t, s.see(), "10-4471")
}

func TestDetailsOfAnotherSaleLeaveTheDoubtInSight(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(doneCard(plugin.English))
	s.shows(doneCard(plugin.English))
	s.shows(checkCard(plugin.English))
	s.press(keyHistory)
	s.see()
	s.press(keyEnd)
	s.press('1')
	require.Contains(t, s.see(), "DETAILS   Sale 10-4470")
	require.Contains(t, s.see(), "1 SALE TO CHECK")
}

func TestAListIsInOneLanguage(t *testing.T) {
	s := newShift(t, Options{Engine: bilingual{}})
	s.shows(sampleCard(plugin.English))
	s.shows(checkCard(plugin.English))
	s.press(keyBack)
	s.press(keyLanguage)
	require.Contains(t, s.see(), "La réponse de sécurité")
}

func TestACardThatWaitsIsInTheList(t *testing.T) {
	s := newShift(t, Options{Open: func() []host.Card { return []host.Card{sampleCard(plugin.English), checkCard(plugin.English)} }})
	s.catchUp()
	require.Contains(t, s.see(), "10-4471", "from before a restart")
	s.press(keyDoubt)
	s.press(keyBack)
	require.Contains(t, s.see(), "10-4471", "left for a sale in doubt")
}

// A card that the till shows while it takes up what was open is one card.
func TestARestoredCardThatIsShownIsNotTwo(t *testing.T) {
	s := newShift(t, Options{Open: func() []host.Card { return []host.Card{checkCard(plugin.English)} }})
	s.shows(checkCard(plugin.English))
	s.press(keyHistory)
	require.Equal(t, 1, strings.Count(s.see(), "No answer from Flexiti"))
}

func TestMoneyPerhapsTakenTwiceIsToBeChecked(t *testing.T) {
	s := newShift(t, Options{})
	c := checkCard(plugin.English)
	c.Decision.Card, c.Decision.Money, c.Decision.Doubt = plugin.CardPaidTwice, plugin.MoneyMoved, false
	s.shows(c)
	s.shows(doneCard(plugin.English))
	require.Contains(t, s.see(), "1 SALE TO CHECK")
}

func TestTheAgeOfADoubtGoesOn(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(checkCard(plugin.English))
	s.after(time.Second)
	s.shows(doneCard(plugin.English))
	d := s.m.next(s.now)
	require.True(t, d > 0 && d <= time.Minute, d)
}

func TestDetailsThatAreReadStay(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(sampleCard(plugin.English))
	s.press(keyDetails)
	for range 50 {
		s.seeAt(40, 10)
		s.after(time.Second)
		s.hit(keyDown)
	}
	require.False(t, s.m.hidden)
}

func TestNothingActsWhereNothingCanBeSeen(t *testing.T) {
	for w := 1; w < 12; w++ {
		for h := 1; h < 12; h++ {
			s := newShift(t, Options{})
			s.shows(sampleCard(plugin.English))
			picture := s.seeAt(w, h)
			for _, k := range []key{'1', '2', '3'} {
				s.m.open.chosen = 0
				if !strings.Contains(picture, "["+string(k)) {
					require.Nil(t, s.press(k), "%dx%d %c\n%s", w, h, k, picture)
				}
			}
		}
	}
}

func TestAnythingCanBeInATextAtAnySize(t *testing.T) {
	for _, text := range []string{strings.Repeat("9", 300), strings.Repeat("漢", 200), strings.Repeat("\U0001F468‍\U0001F469", 60), "[::b]x[red]", "\x1b[2J\x07"} {
		for _, size := range [][2]int{{1, 1}, {7, 5}, {40, 12}, {80, 24}, {120, 30}} {
			s := newShift(t, Options{Look: Look{Letters: LettersLatin1, Theme: ThemeContrast}, Lane: text, Supervisor: func(string) (string, error) { return "", errors.New("no") }})
			s.broken = func(what any) { t.Errorf("%v %q: %v", size, text, what) }
			c := settling()
			c.SaleID, c.Display.Sale, c.Display.Amount, c.Prompt.Headline, c.Prompt.Actions[1].Text = text, text, text, text, text
			s.shows(refundCard(plugin.French))
			s.shows(c)
			for _, k := range []key{'2', keyYes, '1', keyBack, keyBack, keyDetails, keyHelp, keyHistory, keyDown, '1', keyBack, keyLeave, keyBack, keyBack, keyHide} {
				s.seeAt(size[0], size[1])
				s.press(k)
			}
		}
	}
}

// stuck is an engine that never answers, whatever its context says.
type stuck struct{ asked, free chan struct{} }

func (e stuck) Answer(context.Context, host.Event) (host.Answer, error) {
	close(e.asked)
	<-e.free
	return host.Answer{}, errors.New("too late")
}

func TestAnEngineThatHangsHoldsNothingUp(t *testing.T) {
	e := stuck{make(chan struct{}), make(chan struct{})}
	defer close(e.free)
	l := startLane(t, Options{Engine: e})
	l.Show(sampleCard(plugin.English))
	l.until("TRY AGAIN")
	l.press(tcell.KeyF9, 0)
	for asked := false; !asked; {
		select {
		case <-e.asked:
			asked = true
		case <-l.shown:
		case l.timer <- time.Time{}:
			l.pass(typedGap)
		}
	}
	l.Close()
	require.NoError(t, <-l.ended)
	l.ended <- nil
}
