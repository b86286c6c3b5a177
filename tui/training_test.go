package tui

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/native"
	"github.com/tillwise/tillwise/plugin"
)

// Every kind of card must be trained for, and each card that a cashier can meet.
func TestBuiltInScenariosCoverWhatACashierMeets(t *testing.T) {
	training := builtInTraining(t)
	cards, families, banners, money := map[string]bool{}, map[plugin.Family]bool{}, map[plugin.Banner]bool{}, map[plugin.Money]bool{}
	for _, s := range training.steps {
		d := s.card.Decision
		cards[d.Card.String()], families[d.Family], banners[d.Banner], money[d.Money] = true, true, true, true
		for _, l := range languages {
			require.Equal(t, l, s.words[l].Locale)
			require.NotEmpty(t, s.customer[l])
		}
	}
	require.Len(t, families, 6)
	require.Len(t, banners, 12)
	require.Len(t, money, 5)
	var m plugin.Module
	var all struct {
		Cards []struct {
			Card string `json:"card"`
		} `json:"cards"`
	}
	require.NoError(t, json.Unmarshal(m.Describe(), &all))
	var without []string
	for _, c := range all.Cards {
		if !cards[c.Card] {
			without = append(without, c.Card)
		}
	}
	// No event of a store with the usual settings leads to these.
	require.ElementsMatch(t, []string{"till_trouble", "input_split_payment", "input_use_bypass", "input_use_override"}, without,
		"write scenarios for the cards that are new")
}

func TestABadScenarioIsRefusedWithItsLine(t *testing.T) {
	good := "[[scenario]]\nname = \"a\"\ncard = \"not_enough_credit\"\noperation = \"transactions\"\nstatus = 409\ncode = \"not_enough_credit\"\n"
	wrong := "[[scenario.wrong]]\nen = \"a\"\nfr = \"b\"\n"
	doubt := "[[scenario]]\nname = \"a\"\ncard = \"no_reply_payment\"\noperation = \"authorization\"\nfailure = \"timeout\"\n" + wrong +
		"\n[[scenario]]\nname = \"b\"\nafter = \"a\"\n"
	tests := []struct {
		name string
		data string
		want string
	}{
		{"nothing in it", "", "store.toml:1: no [[scenario]]"},
		{"no TOML", good + "name = \n", "store.toml:7: "},
		{"a key that there is not", good + "colour = \"red\"\n", "store.toml:7: scenario.colour is no key of a scenario"},
		{"no name", "\n[[scenario]]\ncard = \"x\"\n", "store.toml:2: name: each scenario needs a name"},
		{"a name twice", good + wrong + good, "store.toml:11: name: two scenarios are called a"},
		{"no card", "[[scenario]]\nname = \"a\"\noperation = \"verify\"\n", "store.toml:1: card: name the card"},
		{"no operation", "[[scenario]]\nname = \"a\"\ncard = \"x\"\n", "store.toml:1: operation: say which"},
		{"another card", good + wrong + "\n[[scenario]]\nname = \"b\"\ncard = \"tries_exceed\"\noperation = \"verify\"\nstatus = 409\ncode = \"piw_mismatch\"\n" + wrong,
			"store.toml:13: card: the module answers with piw_mismatch, not with tries_exceed"},
		{"a supervisor's card without what is right", doubt + "card = \"supervisor_settles\"\naction = \"call_supervisor\"\n" + wrong, "store.toml:10: right: the card has no first action for a cashier"},
		{"one language only", good + "customer.en = \"Hello\"\n", "store.toml:7: customer: give the customer's words as en and fr"},
		{"no wrong answer", good, "store.toml:1: wrong: give one to three"},
		{"four wrong answers", good + strings.Repeat(wrong, 4), "store.toml:7: wrong: give one to three"},
		{"a wrong answer in one language", good + "[[scenario.wrong]]\nen = \"a\"\n", "store.toml:7: wrong: give each wrong answer"},
		{"what comes of it in one language", good + wrong + "because.en = \"a\"\n", "store.toml:7: wrong: give each wrong answer"},
		{"a title in one language", good + "title.fr = \"a\"\n", "store.toml:7: title: give what it is called"},
		{"a wrong answer that is the card's first action", good + wrong + "[[scenario.wrong]]\nen = \"agree on one amount with the customer, and type it in \"\nfr = \"c\"\n",
			"store.toml:10: wrong: this is the right answer as well"},
		{"a wrong answer that is the right one in French", good + "right.en = \"c\"\nright.fr = \"b\"\n" + wrong, "store.toml:9: wrong: this is the right answer as well: b"},
		{"a wrong answer twice", good + wrong + "\n" + "[[scenario.wrong]]\nen = \"A \"\nfr = \"c\"\n", "store.toml:11: wrong: this wrong answer is there twice: A"},
		{"an action after nothing", "[[scenario]]\nname = \"a\"\ncard = \"x\"\naction = \"hold_sale\"\n", "store.toml:4: action: an action follows a card"},
		{"after one that is not there", good + "after = \"z\"\n", "store.toml:7: after: no scenario before this one is called z"},
		{"an action that was not offered", good + wrong + "[[scenario]]\nname = \"b\"\nafter = \"a\"\ncard = \"x\"\naction = \"settle_taken\"\n" + wrong, "store.toml:10: the module has no answer"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := LoadTraining(context.Background(), native.Engine{}, nil, "store.toml", []byte(test.data))
			require.ErrorContains(t, err, test.want)
		})
	}
}

// What a store's settings change would be taught wrongly: it is left out, and the rest is played.
func TestScenariosThatDoNotFitTheStoreAreLeftOut(t *testing.T) {
	whole := builtInTraining(t)
	fromDefaults := map[string]step{}
	for _, s := range whole.steps {
		fromDefaults[s.card.SaleID] = s
	}
	tests := []struct {
		name   string
		policy string
		want   []string // among those left out
	}{
		{"the defaults", `{}`, nil},
		{"texts only", `{"methods":["sms"]}`, []string{"wrong answer", "phone on file is old"}},
		{"texts and a question", `{"methods":["sms","security_question"]}`, []string{"phone on file is old"}},
		{"texts and email", `{"methods":["sms","email"]}`, []string{"wrong answer"}},
		{"email only", `{"methods":["email"]}`, []string{"question locked"}},
		{"email and a question", `{"methods":["email","security_question"]}`, []string{"question locked"}},
		{"one answer", `{"limits":{"answers":1}}`, []string{"wrong answer"}},
		{"three answers", `{"limits":{"answers":3}}`, nil},
		{"one code", `{"limits":{"codes":1}}`, []string{}},
		{"one check", `{"limits":{"checks":1}}`, []string{"check: found none", "check: still none"}},
		{"three checks", `{"limits":{"checks":3}}`, []string{"check: still none"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			store := native.Engine{Settings: `{"policy":` + test.policy + `}`}
			training, err := LoadTraining(t.Context(), store, native.Engine{}, "scenarios.toml", Scenarios)
			require.NoError(t, err)
			require.Equal(t, len(whole.steps), len(training.steps)+training.leftOut)
			left := maps.Clone(fromDefaults)
			for _, s := range training.steps {
				meant := fromDefaults[s.card.SaleID]
				require.True(t, slices.EqualFunc(meant.card.Decision.Actions, s.card.Decision.Actions, sameAction), s.card.SaleID)
				require.Equal(t, meant.choices, s.choices, s.card.SaleID)
				delete(left, s.card.SaleID)
			}
			t.Log(slices.Sorted(maps.Keys(left)))
			require.Subset(t, slices.Collect(maps.Keys(left)), test.want)
			require.Equal(t, test.want == nil, len(left) == 0)

			l := newLesson(training, 1, Progress{})
			require.Contains(t, seen(l, plugin.English, 80), fmt.Sprintf("Full round: %d cards", len(training.steps)))
			for _, lang := range languages {
				for _, said := range []string{seen(l, lang, 80), flat(l.plain(lang, Look{}))} {
					require.Equal(t, len(left) > 0, strings.Contains(said, flat(wordsOf(lang).leftOut(len(left)))))
				}
			}
		})
	}
}

func TestNothingIsLeftOutOfAFileThatIsTheStoresOwn(t *testing.T) {
	store := native.Engine{Settings: `{"policy":{"methods":["sms"]}}`}
	_, err := LoadTraining(t.Context(), store, nil, "own.toml", Scenarios)
	require.ErrorContains(t, err, "own.toml:")
	none := "[[scenario]]\nname = \"a\"\ncard = \"secret_answer_mismatch\"\noperation = \"verify\"\nstatus = 409\ncode = \"secret_answer_mismatch\"\n" +
		"format = \"security_question\"\n[[scenario.wrong]]\nen = \"a\"\nfr = \"b\"\n"
	_, err = LoadTraining(t.Context(), store, native.Engine{}, "own.toml", []byte(none))
	require.EqualError(t, err, "own.toml: none of the scenarios fits the store's settings")
}
