package tui

import (
	"reflect"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// acts are the words by which an English answer is known to be an action.
var acts = map[plugin.ActionID]*regexp.Regexp{
	plugin.ActTryAgain:            regexp.MustCompile(`(?i)(^|till |then )sends? (it|this) again\b`),
	plugin.ActResendSame:          regexp.MustCompile(`(?i)\bsame payment\b`),
	plugin.ActCheckStatus:         regexp.MustCompile(`(?i)\bchecks? (with Flexiti|once more)`),
	plugin.ActEnterAgain:          regexp.MustCompile(`(?i)\bcorrect (it|them|the number)\b|customer types? the code`),
	plugin.ActAskAgain:            regexp.MustCompile(`(?i)customer types? the answer again`),
	plugin.ActSendCodeSMS:         regexp.MustCompile(`(?i)\btexts? (a|the) code to the phone on file`),
	plugin.ActSendCodeEmail:       regexp.MustCompile(`(?i)\bemails? (a|the) code`),
	plugin.ActAskSecurityQuestion: regexp.MustCompile(`(?i)types? the security answer`),
	plugin.ActEnterPIW:            regexp.MustCompile(`(?i)\btypes? their secret`),
	plugin.ActRestartVerification: regexp.MustCompile(`(?i)\bstarts? the verification again`),
	plugin.ActChangeAmount:        regexp.MustCompile(`(?i)\bone amount\b`),
	plugin.ActChoosePlan:          regexp.MustCompile(`(?i)customer choose`),
	plugin.ActSignInAgain:         regexp.MustCompile(`(?i)connects? (the till )?to Flexiti again`),
	plugin.ActLookUpAgain:         regexp.MustCompile(`(?i)\blooks? (for|up)\b|types? the details`),
	plugin.ActStartApplication:    regexp.MustCompile(`(?i)\b(start|begin|offer)s? an? (new )?application`),
	plugin.ActShowTerms:           regexp.MustCompile(`(?i)\bshow the terms`),
	plugin.ActRefundInstead:       regexp.MustCompile(`(?i)refund .*(instead|in place) of a return`),
	plugin.ActHoldSale:            regexp.MustCompile(`(?i)\b(keep|put) (this|it|the sale|everything)\b.*\b(later|aside)\b`),
	plugin.ActFinishSale:          regexp.MustCompile(`(?i)^finish\b`),
	plugin.ActOtherPayment:        regexp.MustCompile(`(?i)\bpays? another way|another payment|\b(take|charge|ask for|pay with|pay by)\b.*\b(card|cash)\b`),
	plugin.ActPayRest:             regexp.MustCompile(`(?i)\bonly the rest\b`),
	plugin.ActCallSupervisor:      regexp.MustCompile(`(?i)\b(call|fetch|ask|get) (your|a|the) supervisor`),
	plugin.ActCallContact:         regexp.MustCompile(`(?i)\bcomputer help\b`),
	plugin.ActCancelSale:          regexp.MustCompile(`(?i)\bcancel\b`),
	plugin.ActCarryOn:             regexp.MustCompile(`(?i)\bat the till\b`),
	plugin.ActKeepWaiting:         regexp.MustCompile(`(?i)\bwait for Flexiti`),
}

// grave are the acts that no right answer may have where the card does not offer them.
var grave = []plugin.ActionID{plugin.ActTryAgain, plugin.ActResendSame, plugin.ActFinishSale, plugin.ActPayRest, plugin.ActOtherPayment,
	plugin.ActCancelSale, plugin.ActStartApplication, plugin.ActRefundInstead}

// claims are sentences that state of money what a card in doubt does not know.
var claims = map[plugin.Lang]*regexp.Regexp{
	plugin.English: regexp.MustCompile(`(?i)(^|[.:;] )(nothing (was|is|has been) (taken|charged|refunded)|it (was|is) (not )?(taken|refunded|set aside))`),
	plugin.French:  regexp.MustCompile(`(?i)(^|[.:;] )(rien n'(est|a été) (facturé|remboursé)|ce n'est pas (facturé|remboursé)|(c'|il )est (facturé|remboursé|réservé))`),
}

func offered(d plugin.Decision, id plugin.ActionID) bool {
	for _, a := range d.Actions {
		if a.ID == id {
			return true
		}
	}
	return false
}

// A right answer that contradicts its card teaches the wrong thing.
func TestRightAnswersFollowTheirCards(t *testing.T) {
	for _, s := range builtInTraining(t).steps {
		d, right := s.card.Decision, s.choices[plugin.English][s.right].text
		t.Run(s.card.SaleID, func(t *testing.T) {
			require.Empty(t, s.choices[plugin.English][s.right].because)
			for _, id := range grave {
				if !offered(d, id) {
					require.NotRegexp(t, acts[id], right, "the card does not offer %s", id)
				}
			}
			first := s.words[plugin.English].Actions[0]
			switch {
			case right == first.Text:
				require.False(t, d.Actions[0].ID.Settles(), "a fact is the supervisor's to state")
			case d.Banner == plugin.BannerSupervisor:
				require.Regexp(t, `(?i)your supervisor|computer help`, right)
			default:
				require.True(t, offers(d, right), "%q is none of what the card offers", right)
			}
			for _, l := range languages {
				if d.Money == plugin.MoneyUnknown {
					for _, c := range s.choices[l] {
						require.NotRegexp(t, claims[l], c.because)
					}
					require.NotRegexp(t, claims[l], s.choices[l][s.right].text)
				}
			}
		})
	}
}

// offers tells whether an answer is, by its words, one of a card's actions.
func offers(d plugin.Decision, answer string) bool {
	for _, a := range d.Actions {
		if re := acts[a.ID]; re != nil && re.MatchString(answer) {
			return true
		}
	}
	return false
}

// A wrong answer that the card offers as well is no wrong answer.
func TestWrongAnswersAreNoneOfTheCards(t *testing.T) {
	used := map[string]int{}
	for _, s := range builtInTraining(t).steps {
		d := s.card.Decision
		t.Run(s.card.SaleID, func(t *testing.T) {
			for _, l := range languages {
				require.Len(t, s.choices[l], 4)
				for i, c := range s.choices[l] {
					require.LessOrEqual(t, cells(c.text), 74, c.text)
					if i == s.right {
						continue
					}
					require.NotEmpty(t, c.because, c.text)
					require.LessOrEqual(t, cells(c.because), 125, c.because)
					used[c.text]++
					for _, a := range s.words[l].Actions {
						require.NotEqual(t, a.Text, c.text)
					}
					if l == plugin.English {
						require.False(t, offers(d, c.text), "%q is on the card", c.text)
					}
				}
			}
		})
	}
	for text, n := range used {
		require.LessOrEqual(t, n, 2, "stock answer: %q", text)
	}
}

// Who reads only how long the answers are, or how they begin, must not find the right one.
func TestTheRightAnswerIsNotToldByItsForm(t *testing.T) {
	steps := builtInTraining(t).steps
	places := [4]int{}
	for _, l := range languages {
		longest, shortest := 0, 0
		for _, s := range steps {
			right, most, least := cells(s.choices[l][s.right].text), 0, 1<<10
			for i, c := range s.choices[l] {
				if i != s.right {
					most, least = max(most, cells(c.text)), min(least, cells(c.text))
				}
			}
			if right > most {
				longest++
			}
			if right < least {
				shortest++
			}
			places[s.right]++
			require.NotRegexp(t, `^(The|La|Le) `, s.choices[l][s.right].text, "the others are told to somebody, too")
		}
		t.Logf("%s: the right answer is the longest in %d of %d, the shortest in %d", l, longest, len(steps), shortest)
		require.Less(t, longest, len(steps)*2/5)
		require.Less(t, shortest, len(steps)*2/5)
	}
	for _, n := range places {
		require.Greater(t, n, len(steps)/4)
	}
}

// Nor who has seen what right answers often say: other cards' wrong answers say it, too.
func TestTheRightAnswerIsNotToldByAStockPhrase(t *testing.T) {
	tests := []struct {
		lang plugin.Lang
		said string
	}{
		{plugin.English, `without Flexiti`}, {plugin.English, `supervisor`}, {plugin.English, `(?i)\bchecks? `}, {plugin.English, `^Wait `}, {plugin.English, `^Have the till `},
		{plugin.French, `sans Flexiti`}, {plugin.French, `responsable`}, {plugin.French, `(?i)vérifie[rz] `}, {plugin.French, `^Attendez `}, {plugin.French, `^Laissez la caisse `},
	}
	count := func(lang plugin.Lang, said string) (right, wrong int) {
		re := regexp.MustCompile(said)
		for _, s := range builtInTraining(t).steps {
			for i, c := range s.choices[lang] {
				switch {
				case !re.MatchString(c.text):
				case i == s.right:
					right++
				default:
					wrong++
				}
			}
		}
		return right, wrong
	}
	for _, test := range tests {
		t.Run(test.said, func(t *testing.T) {
			right, wrong := count(test.lang, test.said)
			t.Logf("%d right, %d wrong", right, wrong)
			require.Greater(t, wrong*3, right)
		})
	}
	_, telling := count(plugin.English, `^(Say|Tell) `)
	t.Logf("%d wrong ones only say something", telling)
	require.Less(t, telling, len(builtInTraining(t).steps)/3)
}

func TestTheWordsOfTheTrainingAreComplete(t *testing.T) {
	for _, l := range languages {
		words := reflect.ValueOf(wordsOf(l).trainingWords)
		for i := range words.NumField() {
			require.False(t, words.Field(i).IsZero(), "%s: %s", l, words.Type().Field(i).Name)
		}
	}
	require.Len(t, frenchTraining.helpTraining, len(englishTraining.helpTraining))
}

func TestTitlesTellScenariosApart(t *testing.T) {
	for _, l := range languages {
		seen := map[string]bool{}
		for _, s := range builtInTraining(t).steps {
			require.False(t, seen[s.title[l]], s.title[l])
			require.LessOrEqual(t, cells(s.title[l]), 70)
			seen[s.title[l]] = true
		}
	}
}
