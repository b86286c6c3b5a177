package plugin

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

// The words of the cards are held to rules, as code is: what a cashier can read
// at a glance, what a customer may hear, and what a Quebec editor lets pass.

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
	kLabel: {20, 20}, kAction: {60, 74}, kBanner: {20, 25}, kMoney: {22, 27}, kOwner: {24, 30}, kField: {40, 40}, kDisplay: {20, 20},
}

type text struct {
	where string
	card  string // empty: shared by cards
	kind  fieldKind
	text  string
}

// filled puts the longest values into a text's places.
func filled(s string, l Lang) string {
	when := english.when(noon+2*24*3600*1000, 0) // a Wednesday
	if l == French {
		when = french.when(noon+2*24*3600*1000, 0) // mercredi
	}
	return strings.NewReplacer("{when}", when, "{n}", "3600").Replace(s)
}

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
	words("doubt", l.doubt)
	words("doubtRefund", l.doubtRefund)
	words("refund", l.refund)
	words("spentVerify", l.spentVerify)
	words("spentPay", l.spentPay)
	add("resend", "", kNever, l.resend)
	add("replaced", "", kWhy, l.replaced)
	for _, a := range l.actions {
		add(string(a.id), "", kLabel, a.label)
		add(string(a.id), "", kAction, a.text)
	}
	for _, v := range l.variants {
		add(v.card+" "+string(v.id), v.card, kAction, v.text)
	}
	for _, list := range []struct {
		kind    fieldKind
		entries []entry
	}{{kBanner, l.banners}, {kMoney, l.money}, {kRetry, l.retries}, {kOwner, l.owners}, {kField, l.problems}, {kField, l.fields}} {
		for _, e := range list.entries {
			add(e.key, "", list.kind, e.text)
		}
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
			require.NotEmpty(t, words.headline, c.id)
			require.NotEmpty(t, words.say, c.id)
			require.NotEmpty(t, words.ifAsked, c.id)
			require.NotEmpty(t, words.why, c.id)
			require.NotEmpty(t, find(w.owners, string(c.owner)), c.id)
			require.NotEmpty(t, find(w.retries, string(c.retry)), c.id)
			wanted = append(wanted, c.actions...)
		}
		require.Len(t, w.cards, len(cards), "words for a card that there is not")
		for _, id := range wanted {
			a := w.action("", id)
			require.NotEmpty(t, a.Label, id)
			require.NotEmpty(t, a.Text, id)
		}
		for _, b := range []Banner{BannerDone, BannerOnceMore, BannerCorrectIt, BannerAnotherWay, BannerOtherPayment, BannerCheckSale, BannerSupervisor, BannerNoDecision, BannerWaitMoment} {
			require.NotEmpty(t, find(w.banners, string(b)), b)
		}
		for _, m := range []Money{MoneyNone, MoneyNotMoved, MoneyHeld, MoneyMoved, MoneyUnknown} {
			for _, k := range []MoneyKind{KindPurchase, KindPayment, KindRefund} {
				require.NotEmpty(t, w.moneyLine(Decision{Money: m, MoneyKind: k}), "%s %s", k, m)
			}
		}
		for _, p := range []Problem{ProblemRequired, ProblemFormat, ProblemLength, ProblemInvalid, ProblemOther} {
			require.NotEmpty(t, find(w.problems, string(p)), p)
		}
		for i, d := range w.weekdays {
			require.NotEmpty(t, d, i)
		}
		for _, x := range all {
			require.Equal(t, strings.TrimSpace(x.text), x.text, x.where)
		}
	})
}

func TestWordsStandInBothLanguages(t *testing.T) {
	en, fr := &english, &french
	require.Equal(t, keys(en.banners), keys(fr.banners))
	require.Equal(t, keys(en.retries), keys(fr.retries))
	require.Equal(t, keys(en.owners), keys(fr.owners))
	require.Equal(t, keys(en.problems), keys(fr.problems))
	require.Equal(t, keys(en.fields), keys(fr.fields))
	require.Subset(t, keys(fr.money), keys(en.money))
	require.Len(t, fr.variants, len(en.variants))
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
	require.True(t, slices.IsSortedFunc(en.cards, func(a, b cardWords) int { return strings.Compare(a.id, b.id) }))
}

func TestWordsFit(t *testing.T) {
	inBoth(t, func(t *testing.T, l Lang, all []text) {
		i := 0
		if l == French {
			i = 1
		}
		for _, x := range all {
			s := filled(x.text, l)
			require.LessOrEqual(t, uniseg.StringWidth(s), limits[x.kind][i], "%s is too long: %q", x.where, s)
		}
	})
}

func TestWordsEndAsTheyShould(t *testing.T) {
	inBoth(t, func(t *testing.T, l Lang, all []text) {
		for _, x := range all {
			sentences := sentencesOf(x.text)
			switch x.kind {
			case kRetry, kNever:
				require.True(t, strings.HasSuffix(x.text, "."), "%s has no full stop: %q", x.where, x.text)
				require.Len(t, sentences, 1, "%s is not one sentence: %q", x.where, x.text)
			case kSay, kIfAsked, kWhy:
				require.Regexp(t, `[.?]$`, x.text, x.where)
			default:
				require.False(t, strings.HasSuffix(x.text, "."), "%s has a full stop: %q", x.where, x.text)
			}
		}
	})
}

func TestWordsUseCharactersOfEveryTill(t *testing.T) {
	inBoth(t, func(t *testing.T, l Lang, all []text) {
		for _, x := range all {
			require.True(t, norm.NFC.IsNormalString(x.text), "%s is not in NFC", x.where)
			for _, r := range x.text {
				require.LessOrEqual(t, r, rune(0xFF), "%s has %q", x.where, r)
				require.True(t, unicode.IsGraphic(r) && uniseg.StringWidth(string(r)) == 1, "%s has %q", x.where, r)
				require.False(t, l == English && r == '\u00a0', "%s: a no-break space in English", x.where)
			}
		}
	})
}

var frenchSpaces = regexp.MustCompile(`[^\x{a0}]:|: ?$|«[^\x{a0}]|[^\x{a0}]»|[\d}] (h |s\b|min|jour|essai|heure|seconde)|\s[;?!]`)

func TestFrenchTypography(t *testing.T) {
	for _, x := range textsOf(&french) {
		require.NotRegexp(t, frenchSpaces, x.text, x.where)
	}
	require.Contains(t, french.dayTime, "\u00a0h\u00a0")
}

// banned words: nowhere, nowhere but in words to the customer, and not to the customer.
var (
	bannedAnywhere = map[Lang]*regexp.Regexp{
		English: regexp.MustCompile(`(?i)\b(errors?|fail(ed|s|ure)?|invalid|oops|whoops|unfortunately|sorry|pin|otp|tokens?|override|bypass)\b|!`),
		French: regexp.MustCompile(`(?i)\b(erreurs?|invalides?|oups|malheureusement|nip|otp|jetons?|sms|e-mails?|mails?|application|capture[rs]?|bypass|override|location|balance|canceller|checker)\b` +
			`|(?i)\béch(ec|ou)|débit|charg[eé]r?\b|régulier|compléter|contacte[rz]|termes et conditions|plus bas|sans risque|offrez de|si offert|` +
			`(du|le|les|un) clients?\b|\bpas (une?) |(^|[.;:,] ?)plus de |pren(d|ez|dre)[^.]*paiement|!|’`),
	}
	bannedInSight = map[Lang]*regexp.Regexp{ // on whatever a customer hears, and on headlines, which they see sideways
		English: regexp.MustCompile(`(?i)\b(declined?|refused?|rejected|limits?|balance|fraud|scores?|credit|risk|past due|bureau|frozen|suspended|owe|debt|said no|turned down)\b`),
		French:  regexp.MustCompile(`(?i)refus|rejet|\blimite|\bsolde|fraude|pointage|\bcote\b|risque|retard|bureau|gelé|suspendu[^e]|dette|non approuvé|n'a pas approuvé|crédit`),
	}
	please  = map[Lang]*regexp.Regexp{English: regexp.MustCompile(`(?i)\bplease\b`), French: regexp.MustCompile(`(?i)s'il vous plaît|veuillez`)}
	again   = map[Lang]*regexp.Regexp{English: regexp.MustCompile(`(?i)\b(try(ing)? again|retry)\b`), French: regexp.MustCompile(`(?i)réessa|\bessa(i|y)`)}
	numbers = regexp.MustCompile(`\d{3}[- ]\d{4}`)
)

func TestWordsAvoidWhatHurtsOrMisleads(t *testing.T) {
	inBoth(t, func(t *testing.T, l Lang, all []text) {
		for _, x := range all {
			require.NotRegexp(t, bannedAnywhere[l], x.text, x.where)
			require.NotRegexp(t, numbers, x.text, "%s: contacts are the store's to give", x.where)
			toCustomer := x.kind == kSay || x.kind == kIfAsked || x.kind == kDisplay
			if toCustomer || x.kind == kHeadline {
				require.NotRegexp(t, bannedInSight[l], x.text, x.where)
			}
			if !toCustomer {
				require.NotRegexp(t, please[l], x.text, x.where)
			}
		}
	})
}

// Whoever reads "try again" on a card about money in doubt charges twice.
func TestChecksNeverSpeakOfTryingAgain(t *testing.T) {
	inBoth(t, func(t *testing.T, l Lang, all []text) {
		for _, x := range all {
			if x.card != "" && cardOf(x.card).family == FamilyCheck || strings.HasPrefix(x.where, "doubt") || strings.HasPrefix(x.where, "resend") {
				require.NotRegexp(t, again[l], x.text, x.where)
			}
		}
		for _, key := range []string{"check_first", "same_key", "never/check"} {
			require.NotRegexp(t, again[l], find(wordsIn(l).retries, key), key)
		}
		for _, c := range cards {
			if c.family != FamilyCheck {
				continue
			}
			for _, doubt := range []bool{false, true} {
				if !doubt && c.id != "found_held" {
					continue // all others leave the sale in doubt
				}
				d := Decision{Card: c.id, Family: c.family, Retry: Retry{Policy: c.retry}, Money: MoneyUnknown, Doubt: doubt}
				p := Render(d, Texts{}, Locale{Cashier: l})
				require.NotRegexp(t, again[l], p.Retry+p.Never+p.Say+p.IfAsked, c.id)
			}
		}
	})
}

// What the lender keeps to itself must look the same on every such card.
func TestLendersReasonsAreNotTold(t *testing.T) {
	inBoth(t, func(t *testing.T, l Lang, _ []text) {
		w := wordsIn(l)
		neutral := w.card("application_declined").headline
		for _, id := range []string{
			"application_declined", "user_not_able_to_purchase", "merchant_not_support_nonprime_regularpurchase", "account_type_not_permitted",
			"application_type_not_permitted", "limit_payment_amount_24", "user_not_active", "found_declined",
		} {
			require.Equal(t, PrivacyDiscreet, cardOf(id).privacy, id)
			require.Equal(t, neutral, w.card(id).headline, id)
			require.NotRegexp(t, `(?i)account|compte|plan\b|activ`, w.card(id).say, id)
		}
	})
}

var ends = regexp.MustCompile(`[.?]( |$)`)

func sentencesOf(s string) []string {
	var out []string
	for _, p := range ends.Split(s, -1) {
		if strings.TrimSpace(p) != "" {
			out = append(out, p)
		}
	}
	return out
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '-' })
}

func TestSentencesAreShort(t *testing.T) {
	inBoth(t, func(t *testing.T, l Lang, all []text) {
		for _, x := range all {
			most := 15
			if x.kind == kWhy {
				most = 25
			}
			for _, s := range sentencesOf(filled(x.text, l)) {
				require.LessOrEqual(t, len(wordsOf(s)), most, "%s has a long sentence: %q", x.where, s)
			}
		}
	})
}

// syllables estimates those of an English word by its groups of vowels.
func syllables(word string) int {
	word = strings.ToLower(word)
	groups, inside := 0, false
	for _, r := range word {
		vowel := strings.ContainsRune("aeiouy", r)
		if vowel && !inside {
			groups++
		}
		inside = vowel
	}
	if strings.HasSuffix(word, "e") && !strings.HasSuffix(word, "le") || strings.HasSuffix(word, "ed") && !strings.HasSuffix(word, "ted") && !strings.HasSuffix(word, "ded") {
		groups--
	}
	return max(groups, 1)
}

// grade is the Flesch-Kincaid grade level of English sentences.
func grade(s string) float64 {
	words := wordsOf(s)
	count := 0
	for _, w := range words {
		count += syllables(w)
	}
	n := float64(len(words))
	return 0.39*n/float64(max(len(sentencesOf(s)), 1)) + 11.8*float64(count)/n - 15.59
}

// What is on the card reads at grade 6, and its details at grade 8.
func TestCardsAreEasyToRead(t *testing.T) {
	for _, c := range english.cards {
		on := strings.Join([]string{c.headline + ".", c.retry, c.never, c.say, c.ifAsked}, " ")
		t.Logf("en-CA %-46s card %4.1f, details %4.1f", c.id, grade(on), grade(c.why))
		require.LessOrEqual(t, grade(on), 6.0, "%s is hard to read: %q", c.id, on)
		require.LessOrEqual(t, grade(c.why), 8.0, "%s is hard to read: %q", c.id, c.why)
	}
	for _, c := range french.cards {
		on := strings.Join([]string{c.headline + ".", c.retry, c.never, c.say, c.ifAsked}, " ")
		mean := float64(len(wordsOf(on))) / float64(len(sentencesOf(on)))
		t.Logf("fr-CA %-46s %4.1f words per sentence", c.id, mean)
		require.LessOrEqual(t, mean, 12.0, "%s is hard to read: %q", c.id, on)
	}
}
