package glance

import (
	"context"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"strings"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/tui"
)

// kit is a plan with its cards, in the order in which readers see them.
type kit struct {
	plan  Plan
	stem  string // of the screens' codes
	cards []host.Card
	keys  []key
}

// load has an engine give the cards of a plan.
func load(ctx context.Context, e tui.Engine, p Plan) (*kit, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	training, err := tui.LoadTraining(ctx, e, nil, "the built-in scenarios", tui.Scenarios)
	if err != nil {
		return nil, fmt.Errorf("getting the cards: %w", err)
	}
	k := &kit{plan: p, cards: pick(training.Cards(p.Lang), p.Seed, p.Cards)}
	if len(k.cards) < p.Cards {
		return nil, fmt.Errorf("there are %d cards to choose from, and the kit is to have %d: take fewer", len(k.cards), p.Cards)
	}
	for _, c := range k.cards {
		k.keys = append(k.keys, keyOf(c.Decision))
	}
	k.stem = p.stem(k.fingerprint())
	return k, nil
}

// fingerprint tells whether a sheet was made from the same cards with the same
// answers. Words are not in it: a sheet about older words has the same key.
func (k *kit) fingerprint() string {
	var b strings.Builder
	for i, c := range k.cards {
		fmt.Fprintln(&b, c.SaleID, k.keys[i].of)
	}
	return fmt.Sprintf("%04x", crc32.ChecksumIEEE([]byte(b.String()))&0xffff)
}

// Size of a screen, in characters.
const (
	width  = 80
	height = 24
)

// screen draws the n-th card, from 1, as it would look at a till at work: a sale
// number and an amount in the top bar, which are made up, and no card's name.
func (k *kit) screen(n int) string {
	c := k.cards[n-1]
	r := rand.New(rand.NewPCG(k.plan.Seed, uint64(n)))
	c.Display = host.Display{
		Lane:   fmt.Sprintf("%02d", 1+r.IntN(12)),
		Sale:   fmt.Sprintf("%d-%04d", 10+r.IntN(80), 1000+r.IntN(9000)),
		Amount: fmt.Sprintf("%d.%02d", 80+r.IntN(2800), r.IntN(100)),
	}
	if a := c.Decision.About; c.Decision.Rest != nil || a != nil && a.Amount != "" {
		c.Display.Amount = "" // the card names amounts of its own
	}
	return tui.Still(c, width, height, tui.Look{})
}

// questionSheet is what readers get beside the screens.
func questionSheet(l plugin.Lang) string {
	var b strings.Builder
	b.WriteString(intro.in(l))
	for i, q := range questions {
		fmt.Fprintf(&b, "\n%d. %s: %s\n", i+1, strings.ToUpper(q.name.in(l)), q.text.in(l))
		for _, w := range append(q.words[:len(q.words):len(q.words)], unsure) {
			line := "   " + w.name.in(l)
			if means := w.means.in(l); means != "" {
				line = fmt.Sprintf("   %-16s %s", w.name.in(l), means)
			}
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

var intro = phrase{
	en: `WHAT DOES THE SCREEN TELL YOU?

Look at a screen for five seconds. Then turn it over, and write one word for each
question, from its list. Answer by the screen alone, and do not look again.
The screens are tested, not you.
Where the screen does not tell, write "unsure" rather than guess.
`,
	fr: `QUE VOUS DIT L'ÉCRAN?

Regardez un écran pendant cinq secondes. Retournez-le ensuite et écrivez un mot par
question, pris dans sa liste. Répondez d'après l'écran seulement, sans le revoir.
Ce sont les écrans qu'on évalue, pas vous.
Si l'écran ne le dit pas, écrivez « incertain » plutôt que de deviner.
`,
}
