package tui

import (
	"math/rand/v2"

	"github.com/tillwise/tillwise/plugin"
)

const shortRound = 10 // cards

// stake is what a mistake with a card puts at stake.
type stake uint8

const (
	stakeMoneyUnknown stake = iota // the customer pays twice, or the goods leave unpaid
	stakeMoneyMoved
	stakeMoneyHeld
	stakeTries   // the last try is spent, and the customer is locked out
	stakePrivacy // something private is said aloud
	stakePlain   // time is lost
)

// stakeWeights say how much more often than a plain card one with more at stake
// comes in a short round. Nobody has measured them: they are our judgement. Money
// that nobody knows of is where one wrong key costs most; money taken or held, and
// tries that are counted, cost less often; a word too many costs the customer's trust.
var stakeWeights = [...]int{
	stakeMoneyUnknown: 8,
	stakeMoneyMoved:   4,
	stakeMoneyHeld:    4,
	stakeTries:        4,
	stakePrivacy:      3,
	stakePlain:        1,
}

func stakeOf(d plugin.Decision) stake {
	switch {
	case d.Money == plugin.MoneyUnknown:
		return stakeMoneyUnknown
	case d.Money == plugin.MoneyMoved:
		return stakeMoneyMoved
	case d.Money == plugin.MoneyHeld:
		return stakeMoneyHeld
	case d.Retry.Policy == plugin.RetryLimited:
		return stakeTries
	case d.Privacy == plugin.PrivacyDiscreet:
		return stakePrivacy
	}
	return stakePlain
}

// round is a number of questions in an order, and what was answered.
type round struct {
	steps  []int // which ones
	chosen []int // the key of each answer, from 1; 0: none yet
	at     int   // the question on the screen
	done   bool  // its result has been shown
}

func newRound(steps []int) *round { return &round{steps: steps, chosen: make([]int, len(steps))} }

// drawShort draws a short round: a card of each heavy kind, and others by weight,
// no card twice, in any order.
func drawShort(steps []step, rng *rand.Rand) []int {
	var drawn []int
	cards := map[plugin.CardID]bool{}
	draw := func(weight func(stake) int) {
		total := 0
		for _, s := range steps {
			if d := s.card.Decision; !cards[d.Card] {
				total += weight(stakeOf(d))
			}
		}
		if total == 0 {
			return
		}
		left := rng.IntN(total)
		for i, s := range steps {
			d := s.card.Decision
			if cards[d.Card] {
				continue
			}
			if left -= weight(stakeOf(d)); left < 0 {
				drawn, cards[d.Card] = append(drawn, i), true
				return
			}
		}
	}
	for heavy := range stakePlain {
		draw(func(s stake) int {
			if s == heavy {
				return 1
			}
			return 0
		})
	}
	for range shortRound - len(drawn) {
		draw(func(s stake) int { return stakeWeights[s] })
	}
	return shuffled(drawn, rng)
}

func shuffled(steps []int, rng *rand.Rand) []int {
	rng.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
	return steps
}

// score counts the answers, and the right ones among them.
func (r *round) score(steps []step) (right, answered int) {
	for i, c := range r.chosen {
		if c > 0 {
			answered++
		}
		if c == steps[r.steps[i]].right+1 {
			right++
		}
	}
	return right, answered
}

// missed gives the questions whose answer was wrong.
func (r *round) missed(steps []step) (out []int) {
	for i, c := range r.chosen {
		if c > 0 && c != steps[r.steps[i]].right+1 {
			out = append(out, r.steps[i])
		}
	}
	return out
}

// next is the first question that has no answer yet; the last one if all have.
func (r *round) next() int {
	for i, c := range r.chosen {
		if c == 0 {
			return i
		}
	}
	return len(r.chosen) - 1
}
