package tui

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// A card may come without a scenario, so that a new code needs none; those are
// listed. But every kind of card must be trained for, and nearly all cards.
func TestBuiltInScenariosCoverWhatACashierMeets(t *testing.T) {
	training, err := LoadTraining(context.Background(), native{}, "scenarios.toml", Scenarios)
	require.NoError(t, err)
	cards, families, banners, money := map[string]bool{}, map[plugin.Family]bool{}, map[plugin.Banner]bool{}, map[plugin.Money]bool{}
	for _, s := range training.steps {
		d := s.card.Decision
		cards[d.Card.String()], families[d.Family], banners[d.Banner], money[d.Money] = true, true, true, true
		for _, l := range languages {
			require.Equal(t, l, s.words[l].Locale)
			require.NotEmpty(t, s.customer[l])
			require.GreaterOrEqual(t, len(s.choices[l]), 2, s.card.SaleID)
			seen := map[string]bool{}
			for _, c := range s.choices[l] {
				require.False(t, seen[c], "%s: %q twice", s.card.SaleID, c)
				seen[c] = true
				require.LessOrEqual(t, cells(c), 74, "%s: %q", s.card.SaleID, c)
			}
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
	t.Logf("%d of %d cards have no scenario: %s", len(without), len(all.Cards), strings.Join(without, ", "))
	require.Less(t, 10*len(without), len(all.Cards), "write scenarios for the cards that are listed above")
}

func TestABadScenarioIsRefusedWithItsLine(t *testing.T) {
	good := "[[scenario]]\nname = \"a\"\ncard = \"not_enough_credit\"\noperation = \"transactions\"\nstatus = 409\ncode = \"not_enough_credit\"\n"
	tests := []struct {
		name string
		data string
		want string
	}{
		{"nothing in it", "", "store.toml:1: no [[scenario]]"},
		{"no TOML", good + "name = \n", "store.toml:7: "},
		{"a key that there is not", good + "colour = \"red\"\n", "store.toml:7: scenario.colour is no key of a scenario"},
		{"no name", "\n[[scenario]]\ncard = \"x\"\n", "store.toml:2: name: each scenario needs a name"},
		{"a name twice", good + good, "store.toml:8: name: two scenarios are called a"},
		{"no card", "[[scenario]]\nname = \"a\"\noperation = \"verify\"\n", "store.toml:1: card: name the card"},
		{"no operation", "[[scenario]]\nname = \"a\"\ncard = \"x\"\n", "store.toml:1: operation: say which"},
		{"another card", good + "\n[[scenario]]\nname = \"b\"\ncard = \"tries_exceed\"\noperation = \"verify\"\nstatus = 409\ncode = \"piw_mismatch\"\n",
			"store.toml:10: card: the module answers with piw_mismatch, not with tries_exceed"},
		{"one language only", good + "customer.en = \"Hello\"\n", "store.toml:7: customer: give the customer's words as en and fr"},
		{"wrong answers that differ in number", good + "wrong.en = [\"a\"]\nwrong.fr = []\n", "store.toml:7: wrong: give one to three"},
		{"an action after nothing", "[[scenario]]\nname = \"a\"\ncard = \"x\"\naction = \"hold_sale\"\n", "store.toml:4: action: an action follows a card"},
		{"after one that is not there", good + "after = \"z\"\n", "store.toml:7: after: no scenario before this one is called z"},
		{"an action that was not offered", good + "[[scenario]]\nname = \"b\"\nafter = \"a\"\ncard = \"x\"\naction = \"settle_taken\"\n", "store.toml:7: the module has no answer"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := LoadTraining(context.Background(), native{}, "store.toml", []byte(test.data))
			require.ErrorContains(t, err, test.want)
		})
	}
}

func TestTrainingTellsRightFromWrongAndCounts(t *testing.T) {
	data := "[[scenario]]\nname = \"a\"\ncard = \"secret_answer_mismatch\"\noperation = \"verify\"\nstatus = 409\ncode = \"secret_answer_mismatch\"\nformat = \"security_question\"\n" +
		"[[scenario]]\nname = \"b\"\ncard = \"no_reply_payment\"\noperation = \"authorization\"\nfailure = \"timeout\"\n"
	training, err := LoadTraining(context.Background(), native{}, "t.toml", []byte(data))
	require.NoError(t, err)
	s := newShift(t, Options{Training: training})
	see, press := s.see, s.press

	require.Contains(t, see(), "YOUR TURN")
	require.NotContains(t, see(), training.steps[0].words[plugin.English].Why, "the reason comes after the answer")
	press(key('1' + training.steps[0].right))
	require.Contains(t, see(), "RIGHT.")
	require.Contains(t, see(), "SCORE 1 of 1")
	press('9')
	require.Contains(t, see(), "C'EST CELA.")
	press(keyEnter)
	press(key('1' + (training.steps[1].right+1)%4))
	require.Contains(t, see(), "PAS CELLE-LÀ")
	press(keyEnter)
	require.Contains(t, strings.ReplaceAll(see(), nbsp, " "), "RÉSULTAT 1 sur 2")
	press('1')
	require.Contains(t, see(), "À VOUS")
	s.shows(sampleCard(plugin.English))
	require.Contains(t, see(), "À VOUS", "a till in training is not at work")
}
