package plugin

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCardsStandInTheirPlaces(t *testing.T) {
	names := make([]string, 0, numCards)
	for i, c := range cards {
		require.Equal(t, CardID(i), c.id, "the row of %s is not where its constant stands: both are sorted by name", c.name)
		require.NotEmpty(t, c.actions, c.name)
		names = append(names, c.name)
		id, ok := cardNamed(c.name)
		require.True(t, ok, c.name)
		require.Equal(t, c.id, id)
	}
	require.True(t, slices.IsSorted(names[1:]), "cards are found by their names: keep them sorted, the first apart")
	id, ok := cardNamed("a_newer_card")
	require.False(t, ok)
	require.Equal(t, CardTillTrouble, id)
}

// The version follows from what it names.
func TestCatalogueVersion(t *testing.T) {
	all := fmt.Sprintf("%v %v %v %v %v %v %+v %+v", rows, statuses, situations, cards, actions, operations, english, french)
	text, err := os.ReadFile("version.go")
	require.NoError(t, err)
	head, _, _ := strings.Cut(string(text), `const CatalogueVersion`)
	golden(t, "version.go", []byte(head+`const CatalogueVersion = "`+checksum([]byte(all))+`"`+"\n"))
}

func TestActionsSayAllThatTheyAre(t *testing.T) {
	seen := map[ActionID]bool{}
	for _, r := range actions {
		require.False(t, seen[r.id], r.id)
		seen[r.id] = true
		require.Equal(t, r.settles == 0, r.banner != "", "%s: what settles is never first, and names no card's act", r.id)
		require.Equal(t, r.call == callFixed || r.call == callSearch, r.operation != "", r.id)
		require.Equal(t, r.input, r.call != callNone && r.after != 0, "%s: what asks for input has a card of its own", r.id)
		if r.id != ActKeepWaiting {
			require.True(t, r.call != callNone || r.after != 0, "%s leads nowhere", r.id)
		}
	}
	require.True(t, ActFinishSale.Ends() && ActPayRest.Ends() && !ActHoldSale.Ends())
	require.True(t, ActSettleHeld.Settles() && !ActFinishSale.Settles())
	require.True(t, Action{Next: &Next{Operation: OpUnknown}}.MovesMoney())
	require.False(t, Action{ID: ActFinishSale}.MovesMoney())
}

// The rules are data: what applies them knows no card, and one place states money.
func TestCodeKnowsNoCard(t *testing.T) {
	catalogue := []string{"cards.go", "actions.go", "operations.go", "rules.go", "texts_en.go", "texts_fr.go"}
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	card, money := regexp.MustCompile(`\bCard[A-Z]\w*`), regexp.MustCompile(`\.Money(, [\w.]+)* =[^=]`)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || slices.Contains(catalogue, name) {
			continue
		}
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, id := range card.FindAllString(string(text), -1) {
			require.Equal(t, "CardID", id, "%s names a card: say it in a row of the catalogue", name)
		}
		if name != "ledger.go" {
			require.Empty(t, money.FindString(string(text)), "%s states money: that is the ledger's", name)
		}
	}
}
