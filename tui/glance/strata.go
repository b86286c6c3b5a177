package glance

import (
	"encoding/json"
	"math/rand/v2"
	"slices"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// stratum is a kind of card, told by the decision alone.
type stratum struct {
	name  string
	share int // of all shares
	of    func(d plugin.Decision) bool
}

// strata are what a kit is made of; a card belongs to the first that takes it.
// A third is about money that nobody knows of, since a mistake costs most there.
var strata = []stratum{
	{"refund or release in doubt", 3, func(d plugin.Decision) bool { return open(d) && gives(d) }},
	{"payment in doubt or under way", 7, open},
	{"discreet refusal", 4, func(d plugin.Decision) bool {
		return d.Family == plugin.FamilyStop && d.Privacy == plugin.PrivacyDiscreet
	}},
	{"verification", 4, verifies},
	{"correction", 4, func(d plugin.Decision) bool { return d.Family == plugin.FamilyFix }},
	{"set-up and help", 2, func(d plugin.Decision) bool {
		return d.Family == plugin.FamilyHelp || d.Family == plugin.FamilyCheck
	}},
	{"wait", 2, func(d plugin.Decision) bool { return d.Family == plugin.FamilyWait }},
	{"done or next step", 3, func(d plugin.Decision) bool { return d.Family == plugin.FamilyApproved }},
	{"other refusal or end", 1, func(plugin.Decision) bool { return true }},
}

// open tells whether it is not known what became of money.
func open(d plugin.Decision) bool { return d.Doubt || d.Money == plugin.MoneyUnknown }

// gives tells whether the money in question goes back to the customer.
func gives(d plugin.Decision) bool {
	return d.MoneyKind == plugin.KindRefund || d.MoneyKind == plugin.KindRelease
}

func verifies(d plugin.Decision) bool {
	return slices.ContainsFunc(d.Actions, func(a plugin.Action) bool {
		return a.Next != nil && a.Next.Operation == plugin.OpVerify
	})
}

func stratumOf(d plugin.Decision) int {
	return slices.IndexFunc(strata, func(s stratum) bool { return s.of(d) })
}

// dealt seeds what is the same for every plan: the order in which the cards of a
// stratum are dealt to one seed after the other.
const dealt = 0x7469_6c6c

// pick takes a plan's cards, each stratum by its share, in the order in which
// readers see them. It has fewer than n cards only where there are not so many.
func pick(all []host.Card, seed uint64, n int) []host.Card {
	pools := make([][]host.Card, len(strata))
	for _, c := range distinct(all) {
		i := stratumOf(c.Decision)
		pools[i] = append(pools[i], c)
	}
	var out []host.Card
	for i, k := range quotas(pools, n) {
		pool := pools[i]
		rand.New(rand.NewPCG(dealt, uint64(i))).Shuffle(len(pool), func(a, b int) { pool[a], pool[b] = pool[b], pool[a] })
		size := uint64(len(pool))
		for j := range uint64(k) {
			out = append(out, pool[(seed%size*uint64(k)+j)%size])
		}
	}
	rand.New(rand.NewPCG(seed, dealt)).Shuffle(len(out), func(a, b int) { out[a], out[b] = out[b], out[a] })
	return out
}

// quotas shares n out over the strata, the largest remainders first; what a
// stratum has not got goes to those that have.
func quotas(pools [][]host.Card, n int) []int {
	sum := 0
	for _, s := range strata {
		sum += s.share
	}
	out, byRest, left := make([]int, len(strata)), make([]int, len(strata)), n
	for i, s := range strata {
		out[i], byRest[i] = min(n*s.share/sum, len(pools[i])), i
		left -= out[i]
	}
	slices.SortStableFunc(byRest, func(a, b int) int { return n*strata[b].share%sum - n*strata[a].share%sum })
	for more := true; left > 0 && more; {
		more = false
		for _, i := range byRest {
			if left > 0 && out[i] < len(pools[i]) {
				out[i]++
				left--
				more = true
			}
		}
	}
	return out
}

// distinct leaves out cards that say what one before says: scenarios that differ
// in what led there only.
func distinct(all []host.Card) (out []host.Card) {
	seen := map[string]bool{}
	for _, c := range all {
		d := c.Decision
		d.Matched, d.About = plugin.Matched{}, nil
		same, err := json.Marshal(d)
		if err != nil || !seen[string(same)] { // it is strings and numbers: there is no error
			seen[string(same)] = true
			out = append(out, c)
		}
	}
	return out
}
