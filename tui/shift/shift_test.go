package shift

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/native"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/plugin"
)

// engine answers natively, which is what the module does, and faster.
type engine struct{ native.Engine }

func (engine) Safe(ev host.Event) host.Answer {
	panic("a story never leads to the safe card: " + fmt.Sprint(ev))
}

// telling is what a test sees of a story.
type telling struct {
	*tale
	cards   []host.Card
	told    []string
	ended   int // how often it was said that it is over
	pressed []plugin.ActionID
}

const mostKeys = 40 // that any way through a story takes

func tellingOf(t *testing.T, s story, l plugin.Lang) *telling {
	var err error
	one := &telling{}
	one.tale, err = begin(s, Config{Engine: engine{}, Lang: func() plugin.Lang { return l }}, newClock(printedAt), out{
		show: func(c host.Card) { one.cards = append(one.cards, c) },
		tell: func(text say, over bool) {
			one.told = append(one.told, text[l])
			if over {
				one.ended++
			}
		},
		press: func(c host.Card, key int) {
			one.pressed = append(one.pressed, c.Decision.Actions[key-1].ID)
			require.LessOrEqual(t, len(one.pressed), mostKeys, "no end of it: %v", one.pressed)
		},
	})
	require.NoError(t, err)
	t.Cleanup(func() { _ = one.till.Close(context.Background()) })
	return one
}

// agree wants what the last card says of the money to be what the books say.
func (one *telling) agree(t *testing.T) {
	t.Helper()
	l, d := one.flexiti.Ledger(), one.last().Decision
	held, taken, back := l.Held(), int64(0), int64(0)
	for _, p := range l.Payments {
		taken, back = taken+p.Captured, back+p.Returned
	}
	for _, r := range l.Refunds {
		back += r.Amount
	}
	where := fmt.Sprintf("%s, after %v: the card %s says %s, the books have %d held, %d taken, %d back", one.Title[en], one.pressed, d.Card, d.Money, held, taken, back)
	switch d.Money {
	case plugin.MoneyNone, plugin.MoneyNotMoved:
		require.Zero(t, held, where)
		require.Zero(t, taken-back, where)
	case plugin.MoneyHeld:
		require.Positive(t, held, where)
	case plugin.MoneyMoved:
		require.Positive(t, taken+back, where)
	}
}

// Each story reaches its end by the keys that it is told with, in both languages, and
// says in its last line what the books say.
func TestEveryStoryIsTold(t *testing.T) {
	wants := []struct {
		card plugin.CardID // that the story is about
		end  say
	}{
		{plugin.CardFoundCaptured, say{en: "$1,249.00 taken, once", fr: "1 249,00 $ facturés, une seule fois"}},
		{plugin.CardFoundNone, say{en: "nothing taken", fr: "rien de facturé"}},
		{plugin.CardTriesExceed, say{en: "$899.00 taken, once", fr: "899,00 $ facturés, une seule fois"}},
		{plugin.CardCreditExceeded, say{en: "$80.00 taken, once", fr: "80,00 $ facturés, une seule fois"}},
		{plugin.CardApplicationMarkedPending, say{en: "nothing taken", fr: "rien de facturé"}},
		{plugin.CardInvalidToken, say{en: "$349.00 taken, once", fr: "349,00 $ facturés, une seule fois"}},
		{plugin.CardNoReplyRefund, say{en: "$189.00 taken, once; $189.00 given back", fr: "189,00 $ facturés, une seule fois; 189,00 $ remboursés"}},
		{plugin.CardUnknownReply, say{en: "nothing taken", fr: "rien de facturé"}},
		{plugin.CardWrongVerificationCode, say{en: "$459.00 taken, once", fr: "459,00 $ facturés, une seule fois"}},
		{plugin.CardHoldEnded, say{en: "nothing taken", fr: "rien de facturé"}},
		{plugin.CardUserNotAbleToPurchase, say{en: "nothing taken", fr: "rien de facturé"}},
		{plugin.CardWorkingPayment, say{en: "$2,199.00 taken, once", fr: "2 199,00 $ facturés, une seule fois"}},
	}
	require.Len(t, stories, len(wants))
	for i, s := range all()[:len(stories)] {
		for _, l := range languages {
			t.Run(s.Title[l], func(t *testing.T) {
				t.Parallel()
				one := tellingOf(t, s, l)
				one.cashier = one.advised()
				require.NoError(t, one.run(t.Context()))
				require.Equal(t, 1, one.ended)
				require.Equal(t, strings.ReplaceAll(ownBooks.with(wants[i].end)[l], "\u00a0", " "), strings.ReplaceAll(one.told[len(one.told)-1], "\u00a0", " "))
				var met []string
				for _, c := range one.cards {
					require.Equal(t, l, c.Prompt.Locale)
					met = append(met, c.Decision.Card.String())
				}
				require.Contains(t, met, wants[i].card.String())
				for _, line := range one.told {
					require.LessOrEqual(t, len([]rune(line)), 78, "cut off above a card: %s", line)
				}
				one.agree(t)
			})
		}
	}
}

// Every row of the catalogue comes out of a sale as it is named, and the sale reaches an end.
func TestEveryCodeIsTold(t *testing.T) {
	for _, s := range all()[len(stories):] {
		t.Run(s.Title[en], func(t *testing.T) {
			t.Parallel()
			one := tellingOf(t, s, en)
			one.cashier = one.advised()
			require.NoError(t, one.run(t.Context()))
			var rules []string
			for _, c := range one.cards {
				rules = append(rules, c.Decision.Matched.Rule)
			}
			named, _, _ := strings.Cut(s.Title[en], " ")
			require.Contains(t, rules, named)
			one.agree(t)
		})
	}
}

// Every text of the stories is there in both languages, fits its row, and is not the other's.
func TestEveryStoryIsSaidInBothLanguages(t *testing.T) {
	for i, s := range all() {
		for _, l := range languages {
			require.NotEmpty(t, s.Title[l])
			require.NotEmpty(t, s.Intro[l])
			if i < len(stories) {
				require.LessOrEqual(t, len([]rune(s.Title[l])), 60, s.Title[l])
				require.LessOrEqual(t, len([]rune(s.Intro[l])), 160, s.Intro[l])
			}
		}
		require.NotEqual(t, s.Intro[en], s.Intro[fr])
	}
}

// Whoever presses any key that is offered comes to an end, and is told no lie.
func TestAnyKeyLeadsToAnEnd(t *testing.T) {
	for i, s := range all() {
		walks := 3
		if i < len(stories) {
			walks = 40
		}
		if raced {
			walks = 1 + walks/20
		}
		t.Run(s.Title[en], func(t *testing.T) {
			t.Parallel()
			for seed := range walks {
				one := tellingOf(t, s, languages[seed%2])
				one.cashier = one.anyKey(rand.New(rand.NewPCG(uint64(i), uint64(seed))))
				require.NoError(t, one.run(t.Context()), "seed %d: %v", seed, one.pressed)
				one.agree(t)
			}
		})
	}
}

// anyKey gives a cashier who presses anything, and in the end wants to be done. What
// a supervisor states is true.
func (one *telling) anyKey(dice *rand.Rand) func(host.Card) int {
	advised := one.advised()
	return func(c host.Card) int {
		n := dice.IntN(len(c.Decision.Actions)) + 1
		if len(one.pressed) > 12 || c.Decision.Actions[n-1].ID.Settles() {
			return advised(c)
		}
		return n
	}
}

// A customer whose account is found only when the details are typed again is the one
// that a code is sent to, and who types it.
func TestACodeGoesToTheAccountThatWasFound(t *testing.T) {
	one := tellingOf(t, all()[4], en)
	one.cashier = func(host.Card) int { return 1 }
	require.NoError(t, one.run(t.Context()))
	require.Equal(t, ownBooks.with(say{en: "$1,249.00 taken, once"})[en], one.told[len(one.told)-1])
	one.agree(t)
}

// Who chooses another way while something is typed has chosen it: nothing goes to
// Flexiti any more, and afterwards no key waits for a POS that has done.
func TestAChoiceWhileSomethingIsTyped(t *testing.T) {
	one := tellingOf(t, all()[2], en)
	tell := one.out.tell
	one.out.tell = func(text say, over bool) {
		tell(text, over)
		if text[en] == typesAnswer[en] {
			c := one.last()
			require.NoError(t, one.choose(t.Context(), serve.Chosen{SaleID: c.SaleID, Ref: c.Prompt.Ref, Action: plugin.ActOtherPayment}))
		}
	}
	require.NoError(t, one.run(t.Context()))
	require.Equal(t, plugin.CardOtherPaymentChosen, one.last().Decision.Card)
	require.Equal(t, 1, one.ended)
	require.True(t, one.deaf(&plugin.Next{}))
	require.False(t, one.deaf(nil), "a supervisor can still settle it")
	one.agree(t)
}
