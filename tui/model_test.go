package tui

import (
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

func TestEveryKeyHasADigit(t *testing.T) {
	for _, b := range append(actionKeys[:4:4], cardKeys...) {
		if b.key == keyBack {
			continue
		}
		digit := normal(tcell.NewEventKey(tcell.KeyRune, rune(b.key), tcell.ModNone))
		require.Equal(t, digit, normal(tcell.NewEventKey(b.twin, 0, tcell.ModNone)), "%c and %s", b.key, fname(b.twin))
		require.True(t, b.key >= '0' && b.key <= '9')
	}
}

func TestKeysInAllTheirSpellings(t *testing.T) {
	tests := []struct {
		name string
		key  tcell.Key
		r    rune
		mod  tcell.ModMask
		want key
	}{
		{"Enter", tcell.KeyEnter, 0, 0, keyEnter},
		{"line feed, as keypads send", tcell.KeyCtrlJ, 0, 0, keyEnter},
		{"Esc", tcell.KeyEscape, 0, 0, keyBack},
		{"Clear", tcell.KeyClear, 0, 0, keyBack},
		{"Backspace", tcell.KeyBackspace, 0, 0, keyBack},
		{"the other Backspace", tcell.KeyBackspace2, 0, 0, keyBack},
		{"Ctrl-L", tcell.KeyCtrlL, 0, 0, keyRedraw},
		{"Ctrl-C", tcell.KeyCtrlC, 0, 0, keyLeave},
		{"Ctrl-D", tcell.KeyCtrlD, 0, 0, keyLeave},
		{"q", tcell.KeyRune, 'q', 0, keyLeave},
		{"F10 belongs to the terminal", tcell.KeyF10, 0, 0, keyOther},
		{"Alt-1", tcell.KeyRune, '1', tcell.ModAlt, keyOther},
		{"another alphabet", tcell.KeyRune, '١', 0, keyOther},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.want, normal(tcell.NewEventKey(test.key, test.r, test.mod)))
		})
	}
}

func TestEnterDoesTheFirstThingUnlessItMovesMoney(t *testing.T) {
	tests := []struct {
		name  string
		first plugin.Action
		want  plugin.ActionID // chosen; empty: nothing
	}{
		{"asks again", plugin.Action{ID: plugin.ActAskAgain, Next: &plugin.Next{Operation: plugin.OpVerify}}, plugin.ActAskAgain},
		{"no call", plugin.Action{ID: plugin.ActOtherPayment}, plugin.ActOtherPayment},
		{"reads back", plugin.Action{ID: plugin.ActCheckStatus, Next: &plugin.Next{Operation: plugin.OpAuthorizations}}, plugin.ActCheckStatus},
		{"authorizes", plugin.Action{ID: plugin.ActTryAgain, Next: &plugin.Next{Operation: plugin.OpAuthorization}}, ""},
		{"posts", plugin.Action{ID: plugin.ActEnterAgain, Next: &plugin.Next{Operation: plugin.OpTransactions}}, ""},
		{"captures", plugin.Action{ID: plugin.ActTryAgain, Next: &plugin.Next{Operation: plugin.OpCapture}}, ""},
		{"releases", plugin.Action{ID: plugin.ActTryAgain, Next: &plugin.Next{Operation: plugin.OpRelease}}, ""},
		{"returns", plugin.Action{ID: plugin.ActTryAgain, Next: &plugin.Next{Operation: plugin.OpReturn}}, ""},
		{"refunds", plugin.Action{ID: plugin.ActRefundInstead, Next: &plugin.Next{Operation: plugin.OpRefund}}, ""},
		{"settles", plugin.Action{ID: plugin.ActSettleTaken}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newShift(t, Options{})
			c := sampleCard(plugin.English)
			c.Decision.Actions = []plugin.Action{test.first, {ID: plugin.ActHoldSale}}
			s.shows(c)
			got := s.press(keyEnter)
			if test.want == "" {
				require.Nil(t, got)
				require.Contains(t, s.see(), "PRESS [1]")
				return
			}
			require.Equal(t, test.want, got.Action)
		})
	}
}

// settling is a card on which the supervisor says what happened to the money.
func settling() host.Card { return settlingIn(plugin.English) }

func settlingIn(l plugin.Lang) host.Card {
	c := checkCard(l)
	c.Decision.Actions = []plugin.Action{{ID: plugin.ActHoldSale}, {ID: plugin.ActSettleTaken}, {ID: plugin.ActSettleNotTaken}}
	c.Prompt.Actions = []plugin.PromptAct{{Label: "Keep", Text: "Keep this for later"}, {Label: "Taken", Text: "Confirm: the money was taken"}, {Label: "Not taken", Text: "Confirm: the money was not taken"}}
	if l == plugin.French {
		c.Prompt.Actions = []plugin.PromptAct{{Label: "Mettre de côté", Text: "Mettez tout de côté"}, {Label: "C'est passé", Text: "Confirmez\u00a0: le paiement a passé"}, {Label: "Pas passé", Text: "Confirmez\u00a0: pas facturé"}}
	}
	return c
}

func TestSettlingNeedsTwoKeys(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(settling())
	require.Nil(t, s.press('3'))
	question := flat(s.see())
	require.Contains(t, question, "From now on this counts as true: Sale 10-4466 $1,249.00 Confirm: the money was not taken [5] Yes")
	require.Contains(t, question, "Goes back by itself in 5 s")
	for _, k := range []key{'3', '1', '2', keyEnter, keyHelp, keyLanguage} {
		s.now = s.now.Add(500 * time.Millisecond)
		require.Nil(t, s.hit(k), "another key is no answer")
	}
	require.Equal(t, plugin.ActSettleNotTaken, s.press(keyYes).Action)
	require.Contains(t, s.see(), "CHOSEN [3]")
}

func TestAQuestionGoesAwayByItself(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(settling())
	s.press('2')
	require.Equal(t, time.Second, s.m.next(s.now))
	s.after(4 * time.Second)
	require.Contains(t, flat(s.see()), "in 1 s")
	s.after(time.Second)
	require.Contains(t, s.see(), "DO NOW")
	require.Nil(t, s.hit('2'), "the key that came too late is for nothing under it")
	require.Nil(t, s.press(keyYes))
	require.Contains(t, s.see(), "DO NOW")
	s.press('2')
	s.press(keyBack)
	require.Contains(t, s.see(), "DO NOW", "Esc says no")
}

func TestLeavingIsAskedOnceAndSaysWhatIsOpen(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(checkCard(plugin.English))
	s.press(keyLeave)
	require.Contains(t, flat(s.see()), "Leave this screen?")
	require.Contains(t, flat(s.see()), "Sale 10-4466 $1,249.00 (?) MAYBE TAKEN")
	s.press(keyLeave)
	s.press(keyEnter)
	require.NoError(t, s.ctx.Err(), "the same key again leaves nothing")
	s.press(keyYes)
	require.Error(t, s.ctx.Err())
	embedded := NewPrimitive(nil, Options{})
	embedded.press(keyLeave)
	embedded.update()
	require.NotContains(t, drawing(embedded, 80, 24), "Leave", "in a POS's application it is not ours to leave")
}

func TestAnActionIsChosenOnce(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(sampleCard(plugin.English))
	require.NotNil(t, s.press('1'))
	require.Nil(t, s.press('1'), "not twice")
	require.Nil(t, s.press('2'), "nor another")
	s.after(choiceWait)
	require.NotContains(t, s.see(), "CHOSEN")
	require.NotNil(t, s.press('2'), "nothing came of it: the keys count again")
	require.Nil(t, s.press('4'), "there is no fourth")
}

func TestAKeyMeantForTheLastCardDoesNothingOnTheNext(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(sampleCard(plugin.English))
	s.now = s.now.Add(armingDelay - time.Millisecond)
	for _, k := range []key{'1', keyEnter, keyBack} {
		require.Nil(t, s.hit(k))
		require.Contains(t, s.see(), "TRY AGAIN")
	}
	s.now = s.now.Add(time.Millisecond)
	require.NotNil(t, s.hit('1'))
}

// Complaint: Esc quits by accident.
func TestEscNeverLeavesTheProgram(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(sampleCard(plugin.English))
	for range 10 {
		require.Nil(t, s.press(keyBack))
	}
	require.Contains(t, s.see(), "Ready")
	require.Contains(t, s.see(), "10-4471", "the card waits on the idle screen")
	s.press('1')
	require.Contains(t, s.see(), "TRY AGAIN")
	require.NotNil(t, s.press('1'))
}

func TestPagesGoBackTheWayTheyCame(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(sampleCard(plugin.English))
	s.press(keyDetails)
	require.Contains(t, s.see(), "DETAILS")
	s.press(keyHelp)
	require.Contains(t, s.see(), "HELP")
	require.Contains(t, s.see(), "[!] TRY AGAIN", "help begins with the card on the screen")
	s.press(keyBack)
	require.Contains(t, s.see(), "DETAILS")
	s.press(keyBack)
	require.Contains(t, s.see(), "DO NOW")
	s.press(keyHelp)
	s.press(keyHelp)
	require.Contains(t, s.see(), "DO NOW", "the key that opened a page closes it")
}

func TestANewCardComesOnTopOfAnything(t *testing.T) {
	for _, k := range []key{keyHelp, keyDetails, keyHistory, keyHide} {
		s := newShift(t, Options{})
		s.shows(sampleCard(plugin.English))
		s.press(k)
		s.shows(checkCard(plugin.English))
		require.Contains(t, s.see(), "CHECK THE SALE")
	}
}

func TestHiding(t *testing.T) {
	s := newShift(t, Options{Lane: "04"})
	s.shows(sampleCard(plugin.English))
	s.press(keyHide)
	hidden := s.see()
	require.Equal(t, "Lane 04. Paused. 7 shows the screen.", flat(hidden), "no word of the state")
	require.Nil(t, s.press('1'), "a hidden card takes no keys")
	s.press(keyBack)
	require.Equal(t, hidden, s.see())
	s.press(keyHide)
	require.Contains(t, s.see(), "TRY AGAIN")
}

func TestADiscreetCardHidesItself(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(sampleCard(plugin.English))
	s.after(hideAfter - time.Second)
	require.Contains(t, s.see(), "TRY AGAIN")
	require.Equal(t, time.Second, s.m.next(s.now))
	s.after(time.Second)
	require.Contains(t, s.see(), "Paused")

	s.press(keyHide)
	s.press(keyDetails)
	s.after(hideAfter)
	require.Contains(t, s.see(), "Paused", "its details too")

	public := newShift(t, Options{})
	public.shows(checkCard(plugin.English))
	public.after(time.Hour)
	require.Contains(t, public.see(), "CHECK THE SALE")
	require.Zero(t, public.m.next(public.now))
}

func TestOnlyWaitingCardsCountTime(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(waitCard(plugin.English))
	s.after(65 * time.Second)
	require.Contains(t, flat(s.see()), "WAITING 1:05")
	require.Equal(t, time.Second, s.m.next(s.now))
	s.shows(waitCard(plugin.English))
	require.Contains(t, flat(s.see()), "WAITING 1:05", "a key that is pressed meanwhile does not begin it again")
	for _, c := range []func(plugin.Lang) host.Card{pauseCard, undecidedCard, doneCard} {
		s.shows(c(plugin.English))
		require.NotContains(t, s.see(), "WAITING")
	}
	require.Zero(t, s.m.next(s.now), "nothing else moves")
}

func TestTheBarTellsWhatIsBeingDoneAndOfTheLine(t *testing.T) {
	about := func(kind plugin.MoneyKind, a *plugin.About) host.Card {
		c := refundCard(plugin.English)
		c.Decision.MoneyKind, c.Decision.About = kind, a
		return c
	}
	tests := []struct {
		name string
		card host.Card
		want string
		not  string
	}{
		{"a sale", checkCard(plugin.English), "Sale 10-4466 $1,249.00 NO ANSWER", ""},
		{"a refund", refundCard(plugin.English), "Refund 10-4473 $200.00 NO ANSWER", "$1,249.00"},
		{"a refund of no one knows how much", about(plugin.KindRefund, &plugin.About{}), "Refund 10-4473 NO ANSWER", "$"},
		{"a release", about(plugin.KindRelease, &plugin.About{Amount: "10.00"}), "Set aside 10-4473 $10.00", "$1,249.00"},
		{"a release that tells nothing", about(plugin.KindRelease, nil), "Set aside 10-4473 NO ANSWER", "$"},
		{"never sent", pauseCard(plugin.English), "$1,249.00 NO CONNECTION", ""},
		{"an answer", sampleCard(plugin.English), "$1,249.00 ONLINE", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newShift(t, Options{})
			s.shows(tt.card)
			bar, _, _ := strings.Cut(s.see(), "\n")
			require.Contains(t, flat(bar), tt.want)
			if tt.not != "" {
				require.NotContains(t, bar, tt.not)
			}
		})
	}
}

func TestACallThatStillRunsSaysNothingOfTheLine(t *testing.T) {
	s := newShift(t, Options{})
	c := waitCard(plugin.English)
	c.Decision.Matched.By = "no_reply"
	s.shows(c)
	require.Contains(t, s.see(), "READY")
}

func TestDoubtIsPinnedUntilItIsSettled(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(checkCard(plugin.English))
	s.shows(doneCard(plugin.English))
	s.press(keyBack)
	require.Contains(t, s.see(), "1 SALE TO CHECK before the end of the shift")
	require.Contains(t, s.see(), "5R8D")
	require.Contains(t, s.see(), "SINCE THE START: 1 answer, 1 purchase approved, 0 stopped")
	s.press(keyEnter)
	require.Contains(t, s.see(), "CHECK THE SALE", "Enter opens it")
	require.Equal(t, plugin.ActCheckStatus, s.press(keyEnter).Action)
	settled := doneCard(plugin.English)
	settled.SaleID = checkCard(plugin.English).SaleID
	s.shows(settled)
	s.press(keyBack)
	require.NotContains(t, s.see(), "TO CHECK")
}

func TestHistory(t *testing.T) {
	s := newShift(t, Options{})
	for _, c := range []func(plugin.Lang) host.Card{doneCard, checkCard, sampleCard} {
		s.shows(c(plugin.English))
	}
	s.press(keyHistory)
	require.Less(t, strings.Index(s.see(), "10-4471"), strings.Index(s.see(), "10-4470"), "the latest first")
	s.press('2')
	require.NotContains(t, s.see(), "10-4471")
	require.Contains(t, s.see(), "10-4466", "only what is to be settled")
	s.press('2')
	s.see()
	s.press(keyEnd)
	s.press(keyEnter)
	require.Contains(t, s.see(), "Flexiti approved the purchase")
	s.shows(doneCard(plugin.English))
	s.press(keyHistory)
	s.see()
	s.press(keyEnd)
	s.press('1')
	require.Contains(t, s.see(), "DETAILS", "a card that is over shows what it was, and takes no action")
	require.Nil(t, s.press('1'))
}

func TestTheFilterOfTheHistoryEndsWithItsPage(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(checkCard(plugin.English))
	s.shows(doneCard(plugin.English))
	s.press(keyHistory)
	s.press('2')
	require.NotContains(t, s.see(), "Flexiti approved the purchase")
	s.press(keyBack)
	s.press(keyHistory)
	require.Contains(t, s.see(), "Flexiti approved the purchase")
}

func TestTodayCountsPurchasesOnce(t *testing.T) {
	s := newShift(t, Options{})
	step := doneCard(plugin.English) // a look-up that went well
	step.SaleID, step.Decision.Banner, step.Decision.Money = "other", plugin.BannerNextStep, plugin.MoneyNotMoved
	s.shows(step)
	s.shows(checkCard(plugin.English))
	s.shows(doneCard(plugin.English))
	s.shows(doneCard(plugin.English)) // the same sale says so again
	s.press(keyBack)
	require.Contains(t, s.see(), "SINCE THE START: 3 answers, 1 purchase approved, 0 stopped")
}

func TestHistoryIsBounded(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(checkCard(plugin.English))
	for range 2 * maxEntries {
		s.shows(doneCard(plugin.English))
	}
	require.Len(t, s.m.entries, maxEntries)
	s.press(keyHistory)
	s.press('2')
	require.Contains(t, s.see(), "10-4466", "a doubt outlives the history")
}

func TestTenThousandCardsKeepTheHeapFlat(t *testing.T) {
	s := newShift(t, Options{})
	heap := func(cards int) uint64 {
		for i := range cards {
			c := sampleCard(plugin.English)
			c.SaleID = strconv.Itoa(i)
			s.shows(c)
			s.m.place(80, 22, s.now)
		}
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	early := heap(1000)
	require.Less(t, heap(9000), early+early/4)
}

func TestLanguageFollowsTheCardUntilTheCashierChooses(t *testing.T) {
	without := newShift(t, Options{})
	without.shows(sampleCard(plugin.French))
	require.Contains(t, without.see(), "À FAIRE")
	without.press(keyLanguage)
	require.Contains(t, without.see(), "À FAIRE", "words and headings are never of two languages")
	s := newShift(t, Options{Engine: bilingual{}})
	s.shows(sampleCard(plugin.French))
	s.press(keyLanguage)
	s.shows(sampleCard(plugin.French))
	require.Contains(t, s.see(), "DO NOW")
}

func TestACardOfASaleThatIsOverLeadsOn(t *testing.T) {
	over := doneCard(plugin.English)
	over.Decision.Card, over.Decision.Matched = plugin.CardSaleFinished, plugin.Matched{Rule: "action//finish_sale", By: "action"}
	over.Decision.Actions = []plugin.Action{{ID: plugin.ActCarryOn}, {ID: plugin.ActCallSupervisor}}
	over.Prompt.Actions = []plugin.PromptAct{{Label: "Carry on", Text: "Carry on at the till"}, {Label: "Supervisor", Text: "Call your supervisor"}}
	called := over
	called.Decision.Card, called.Decision.Matched.Rule = plugin.CardSupervisorCalled, "action//call_supervisor"
	tests := []struct {
		name string
		card host.Card
		key  key
		want plugin.ActionID // that the POS hears of
	}{
		{"Enter: the next customer", over, keyEnter, ""},
		{"the first key too", over, '1', ""},
		{"the supervisor is still to be had", over, '2', plugin.ActCallSupervisor},
		{"a sale that is not over", doneCard(plugin.English), keyEnter, plugin.ActFinishSale},
		{"nor by a choice that ends none", called, keyEnter, plugin.ActCarryOn},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newShift(t, Options{})
			s.shows(tt.card)
			told := s.press(tt.key)
			if tt.want != "" {
				require.NotNil(t, told)
				require.Equal(t, tt.want, told.Action)
				return
			}
			require.Nil(t, told, "the sale is over: the POS has nothing to do")
			require.Contains(t, s.see(), "Ready")
			require.NotContains(t, s.see(), tt.card.Display.Sale)
		})
	}
}

// Complaint: stuck on a screen with no way to go on.
func TestACardWithoutActionsHasAWayOut(t *testing.T) {
	s := newShift(t, Options{})
	c := sampleCard(plugin.English)
	c.Decision.Actions, c.Prompt.Actions = nil, nil
	s.shows(c)
	s.press(keyEnter)
	require.Contains(t, s.see(), "Ready")
}

func TestAPromptAndDecisionThatDisagreeDoNotBreakTheScreen(t *testing.T) {
	s := newShift(t, Options{})
	c := sampleCard(plugin.English)
	c.Prompt.Actions = c.Prompt.Actions[:1]
	s.shows(c)
	require.Nil(t, s.press('3'), "there are no words for it")
	c.Decision.Actions = nil
	s.shows(c)
	require.Nil(t, s.press('1'))
	s.shows(host.Card{})
	require.NotPanics(t, func() { s.see(); s.press('1'); s.press('6'); s.see() })
}

func TestWarningsStandOnTheIdleScreen(t *testing.T) {
	s := newShift(t, Options{})
	for _, w := range []Warning{WarnListen, WarnJournal, WarnModule, WarnState} {
		s.Warn(w, true)
		s.Warn(w, true)
		s.catchUp()
		require.Equal(t, 1, strings.Count(flat(s.see()), flat(english.warnings[w])))
		s.Warn(w, false)
		s.catchUp()
		require.NotContains(t, flat(s.see()), flat(english.warnings[w]))
	}
}
