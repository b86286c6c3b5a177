package replay

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tillwise/tillwise/plugin"
)

// Part is one zone of a card, or one member of its decision, as two sides have it.
type Part struct {
	Name     string   // a name of the prompt or of the decision, such as money or key 1
	Decision bool     // of the decision, not of its words
	Recorded []Phrase // nil: that side has no such part
	New      []Phrase
	Differs  bool
}

// Phrase is words that stand together in a part.
type Phrase struct {
	Text    string
	Differs bool // the other side does not have these words here
}

// Parts sets two sides beside each other in one language: all that the card
// says, in its order, then what of the decision a tester asks for first (family,
// money, retry) and whatever else of it differs.
func Parts(recorded, new Side, l plugin.Lang) []Part {
	parts := paired(wordZones(recorded, l), wordZones(new, l))
	return append(parts, paired(decisionZones(recorded, new), decisionZones(new, recorded))...)
}

// zone is one side of a part. Zones with the same key face each other.
type zone struct {
	key, name, text string
	decision        bool
	minor           bool // only of interest where it alone differs, and not with the zone before it
}

var colon = map[plugin.Lang]string{plugin.English: ": ", plugin.French: "\u00a0: "}

func wordZones(s Side, l plugin.Lang) (zones []zone) {
	p, ok := s.Prompts[l]
	if !ok {
		return nil
	}
	add := func(key, name, text string) {
		if text != "" {
			zones = append(zones, zone{key: key, name: name, text: text})
		}
	}
	add("banner", "banner", p.Banner)
	add("headline", "headline", p.Headline)
	for _, f := range p.Fields {
		add("fix "+f.Param, "fix", strings.TrimSuffix(f.Label+colon[l]+f.Problem, colon[l]))
	}
	add("money", "money", p.Money)
	add("retry", "retry", p.Retry)
	add("never", "never", p.Never)
	for i, a := range p.Actions {
		key := fmt.Sprintf("key %d", i+1)
		add(key, key, a.Text)
		zones = append(zones, zone{key: "label of " + key, name: "its label", text: a.Label, minor: true})
	}
	add("say", "say", p.Say)
	add("if asked", "if asked", p.IfAsked)
	add("who", "who", p.Owner)
	add("contact", "contact", p.Contact)
	add("ref", "ref", p.Ref)
	add("why", "why", p.Why)
	add("customer", "customer", strings.Trim(p.CustomerDisplay[0]+" / "+p.CustomerDisplay[1], " /"))
	return zones
}

// first are the members of a decision that are shown whether they differ or not.
var first = []string{"family", "money", "retry"}

// decisionZones gives one side's members. A member that the other side alone has is no zone.
func decisionZones(s, other Side) (zones []zone) {
	have := members(s.Raw)
	names := slices.Clone(first)
	for _, d := range diffDecisions(s.Raw, nil, other.Raw) {
		if !slices.Contains(names, d.Member) {
			names = append(names, d.Member)
		}
	}
	for _, name := range names {
		if v, ok := have[name]; ok {
			zones = append(zones, zone{key: name, name: name, text: written(v, nil), decision: true})
		}
	}
	return zones
}

// paired aligns zones by their keys, in the order of both sides.
func paired(recorded, new []zone) (parts []Part) {
	keys := func(zones []zone) (keys []string) {
		for _, z := range zones {
			keys = append(keys, z.key)
		}
		return keys
	}
	i, j := 0, 0
	upTo := func(k, l int) {
		for ; i < k; i++ {
			if z := recorded[i]; !z.minor {
				parts = append(parts, Part{Name: z.name, Decision: z.decision, Recorded: []Phrase{{z.text, true}}, Differs: true})
			}
		}
		for ; j < l; j++ {
			if z := new[j]; !z.minor {
				parts = append(parts, Part{Name: z.name, Decision: z.decision, New: []Phrase{{z.text, true}}, Differs: true})
			}
		}
	}
	for _, same := range common(keys(recorded), keys(new)) {
		upTo(same[0], same[1])
		a, b := recorded[i], new[j]
		p := Part{Name: a.name, Decision: a.decision, Differs: a.text != b.text}
		p.Recorded, p.New = phrases(a.text, b.text)
		if !a.minor || p.Differs && !parts[len(parts)-1].Differs {
			parts = append(parts, p)
		}
		i, j = i+1, j+1
	}
	upTo(len(recorded), len(new))
	return parts
}

// phrases cuts two texts into the words that they share and those that they do not.
func phrases(a, b string) (left, right []Phrase) {
	x, y := strings.Split(a, " "), strings.Split(b, " ")
	inX, inY := make([]bool, len(x)), make([]bool, len(y))
	for _, same := range common(x, y) {
		inX[same[0]], inY[same[1]] = true, true
	}
	return joined(x, inX), joined(y, inY)
}

func joined(words []string, shared []bool) (out []Phrase) {
	for i, word := range words {
		if n := len(out); n > 0 && out[n-1].Differs == !shared[i] {
			out[n-1].Text += " " + word
			continue
		}
		out = append(out, Phrase{word, !shared[i]})
	}
	return out
}

// maxTable bounds the work of one comparison: a module's words are what it likes.
const maxTable = 1 << 20

// common gives the longest common subsequence of a and b as pairs of indexes.
// Of texts that are far longer than any card's, nothing is common.
func common(a, b []string) (pairs [][2]int) {
	if slices.Equal(a, b) {
		for i := range a {
			pairs = append(pairs, [2]int{i, i})
		}
		return pairs
	}
	if len(a)*len(b) > maxTable {
		return nil
	}
	longest := make([][]int, len(a)+1) // of a[i:] and b[j:]
	for i := range longest {
		longest[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}
