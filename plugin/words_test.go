package plugin

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/require"
)

// The words of the cards are held to rules, as code is: all there in both
// languages, and short enough to read at a glance. How they read is
// words_style_test.go's, and what they make of a whole card words_render_test.go's.

type fieldKind string

const (
	kHeadline fieldKind = "headline"
	kRetry    fieldKind = "retry"
	kNever    fieldKind = "never"
	kSay      fieldKind = "say"
	kIfAsked  fieldKind = "if_asked"
	kWhy      fieldKind = "why"
	kLabel    fieldKind = "action label"
	kAction   fieldKind = "action text"
	kBanner   fieldKind = "banner"
	kMoney    fieldKind = "money"
	kOwner    fieldKind = "owner"
	kField    fieldKind = "field"
	kDisplay  fieldKind = "display"
)

// limits in cells, English and French.
var limits = map[fieldKind][2]int{
	kHeadline: {40, 52}, kRetry: {56, 56}, kNever: {60, 74}, kSay: {140, 150}, kIfAsked: {140, 150}, kWhy: {240, 300},
	kLabel: {20, 20}, kAction: {60, 74}, kBanner: {20, 25}, kMoney: {22, 27}, kOwner: {24, 30}, kField: {30, 30}, kDisplay: {20, 20},
}

// limit is the most cells that a text may take.
func (k fieldKind) limit(l Lang) int {
	if l == French {
		return limits[k][1]
	}
	return limits[k][0]
}

type text struct {
	where string
	card  string // empty: shared by cards
	kind  fieldKind
	text  string
}

// textsOf lists every text of a language.
func textsOf(l *language) []text {
	var all []text
	add := func(where, card string, k fieldKind, s string) {
		if s != "" {
			all = append(all, text{where + ": " + string(k), card, k, s})
		}
	}
	words := func(where string, c cardWords) {
		add(where, c.id, kHeadline, c.headline)
		add(where, c.id, kRetry, c.retry)
		add(where, c.id, kNever, c.never)
		add(where, c.id, kSay, c.say)
		add(where, c.id, kIfAsked, c.ifAsked)
		add(where, c.id, kWhy, c.why)
	}
	for _, c := range l.cards {
		words(c.id, c)
	}
	for where, c := range map[string]cardWords{
		"doubt": l.doubt, "doubtRefund": l.doubtRefund, "refund": l.refund, "spentVerify": l.spentVerify, "spentPay": l.spentPay,
	} {
		words(where, c)
	}
	add("resend", "", kNever, l.resend)
	add("replaced", "", kWhy, l.replaced)
	for _, a := range l.actions {
		add(string(a.id), "", kLabel, a.label)
		add(string(a.id), "", kAction, a.text)
	}
	for _, v := range l.variants {
		add(v.card+" "+string(v.id), v.card, kAction, v.text)
	}
	for kind, entries := range map[fieldKind][]entry{kBanner: l.banners, kMoney: l.money, kRetry: l.retries, kOwner: l.owners} {
		for _, e := range entries {
			add(e.key, "", kind, e.text)
		}
	}
	for _, e := range append(slices.Clone(l.problems), l.fields...) {
		add(e.key, "", kField, e.text)
	}
	for _, d := range l.display {
		add("display", "", kDisplay, d.key)
		add("display", "", kDisplay, d.text)
	}
	return all
}

func inBoth(t *testing.T, check func(t *testing.T, l Lang, all []text)) {
	for _, l := range []Lang{English, French} {
		t.Run(string(l), func(t *testing.T) { check(t, l, textsOf(wordsIn(l))) })
	}
}

func keys(list []entry) []string {
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = e.key
	}
	return out
}

func TestWordsAreComplete(t *testing.T) {
	inBoth(t, func(t *testing.T, l Lang, all []text) {
		w := wordsIn(l)
		wanted := []ActionID{ActCheckStatus, ActResendSame, ActSettleTaken, ActSettleNotTaken}
		for _, c := range cards {
			words := w.card(c.id)
			require.Equal(t, c.id, words.id, "no words for the card")
			require.NotEmpty(t, words.headline, "no headline on %s", c.id)
			require.NotEmpty(t, words.say, "nothing to say on %s", c.id)
			require.NotEmpty(t, words.ifAsked, "nothing to answer on %s", c.id)
			require.NotEmpty(t, words.why, "no reason on %s", c.id)
			require.NotEmpty(t, find(w.owners, string(c.owner)), "no owner on %s", c.id)
			require.NotEmpty(t, find(w.retries, string(c.retry)), "no retry line on %s", c.id)
			wanted = append(wanted, c.actions...)
		}
		require.Len(t, w.cards, len(cards), "words for a card that there is not")
		for _, id := range wanted {
			a := w.action("", id)
			require.NotEmpty(t, a.Label, "no label for %s", id)
			require.NotEmpty(t, a.Text, "no text for %s", id)
		}
		for _, a := range w.actions {
			require.Contains(t, wanted, a.id, "words for an action that no card offers")
		}
		for _, v := range w.variants {
			require.NotEmpty(t, w.card(v.card).id, "a variant on a card that there is not: %s", v.card)
			require.NotEqual(t, w.action("", v.id).Text, v.text, "the variant on %s says what the action says anyway", v.card)
		}
		for _, b := range []Banner{BannerDone, BannerOnceMore, BannerCorrectIt, BannerAnotherWay, BannerOtherPayment, BannerCheckSale, BannerSupervisor, BannerNoDecision, BannerWaitMoment} {
			require.NotEmpty(t, find(w.banners, string(b)), "no words for the banner %s", b)
		}
		for _, m := range []Money{MoneyNone, MoneyNotMoved, MoneyHeld, MoneyMoved, MoneyUnknown} {
			for _, k := range []MoneyKind{KindPurchase, KindPayment, KindRefund} {
				require.NotEmpty(t, w.moneyLine(Decision{Money: m, MoneyKind: k}), "no money line for %s %s", k, m)
			}
		}
		for _, p := range []Problem{ProblemRequired, ProblemFormat, ProblemLength, ProblemInvalid, ProblemOther} {
			require.NotEmpty(t, find(w.problems, string(p)), "no words for the problem %s", p)
		}
		for i, d := range w.weekdays {
			require.NotEmpty(t, d, "no name for weekday %d", i)
		}
		for _, x := range all {
			require.Equal(t, strings.TrimSpace(x.text), x.text, "%s has a space at an end", x.where)
		}
	})
}

// Every parameter that Flexiti's pages name for a request may come back as the
// one that was not accepted. Those that hold others are named by what they hold.
func TestEveryDocumentedParameterHasALabel(t *testing.T) {
	for _, param := range strings.Fields(`
		client_id client_secret grant_type refresh_token scope merchant_username merchant_password lang
		code first_name middle_name last_name dob postal_code address_1 address_2 city province email phone_number sin income
		salutation govid_type govid_issuedby govid_number govid_expiry tos_agreement payment_protection
		vcc_number account_number customer_id format security_qid security_answer piw request_id widget_session_id flow
		amount transaction_type verification_code external_location_id external_employee_id reference financing_option plan_id term
		auto_capture sku_data register_id full_return capture_id authorization_id other`) {
		require.NotEmpty(t, fieldLabel(param, English), param)
		require.NotEmpty(t, fieldLabel(param, French), param)
	}
}

func TestWordsStandInBothLanguages(t *testing.T) {
	en, fr := &english, &french
	require.Equal(t, keys(en.banners), keys(fr.banners))
	require.Equal(t, keys(en.retries), keys(fr.retries))
	require.Equal(t, keys(en.owners), keys(fr.owners))
	require.Equal(t, keys(en.problems), keys(fr.problems))
	require.Equal(t, keys(en.fields), keys(fr.fields))
	require.Subset(t, keys(fr.money), keys(en.money), "French has lines of its own for payments on an account")
	require.Len(t, fr.actions, len(en.actions))
	require.Len(t, fr.variants, len(en.variants))
	for i, a := range en.actions {
		require.Equal(t, a.id, fr.actions[i].id)
	}
	for i, v := range en.variants {
		require.Equal(t, v.card+" "+string(v.id), fr.variants[i].card+" "+string(fr.variants[i].id))
	}
	places := regexp.MustCompile(`\{\w+\}`)
	for i, e := range en.cards {
		f := fr.cards[i]
		require.Equal(t, e.id, f.id)
		require.Equal(t, e.retry == "", f.retry == "", "%s: a retry line in one language only", e.id)
		require.Equal(t, e.never == "", f.never == "", "%s: a never line in one language only", e.id)
		require.Equal(t, places.FindAllString(e.retry, -1), places.FindAllString(f.retry, -1), e.id)
	}
}

// filled puts the longest values into a text's places.
func filled(s string, l Lang) string {
	when := wordsIn(l).when(noon+2*24*3600*1000, 0) // Wednesday, mercredi
	return strings.NewReplacer("{when}", when, "{n}", "3600").Replace(s)
}

func TestWordsFit(t *testing.T) {
	inBoth(t, func(t *testing.T, l Lang, all []text) {
		for _, x := range all {
			s := filled(x.text, l)
			require.LessOrEqual(t, uniseg.StringWidth(s), x.kind.limit(l), "%s is too long: %q", x.where, s)
		}
	})
}
