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

// How the texts read: what a customer may hear, what a cashier in a hurry
// takes in, and what a Quebec editor lets pass.

func TestTextsEndAsTheyShould(t *testing.T) {
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

func TestTextsUseCharactersOfEveryTill(t *testing.T) {
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

// The spaces that French wants unbroken, and those that it does not want.
var frenchSpaces = map[string]*regexp.Regexp{
	"no no-break space before a colon":         regexp.MustCompile(`[^\x{a0}]:`),
	"no no-break space before $ or %":          regexp.MustCompile(`[^\x{a0}][$%]`),
	"no no-break space inside guillemets":      regexp.MustCompile(`«[^\x{a0}]|[^\x{a0}]»`),
	"a plain space between number and noun":    regexp.MustCompile(`[\d}] \pL`),
	"a space before a semicolon, ? or !":       regexp.MustCompile(`[\s\x{a0}][;?!]`),
	"an apostrophe of another kind":            regexp.MustCompile(`[’ʼ´` + "`" + `]`),
	"two spaces":                               regexp.MustCompile(`[ \x{a0}]{2}`),
	"a capital without its accent":             regexp.MustCompile(`\b(A|REESSAYER|VERIFIER|DECISION|TERMINE|RESERVE|ETAPE)\b [A-Z]`),
	"a hyphen or dash in place of a full stop": regexp.MustCompile(` [-–—] `),
}

func TestFrenchTypography(t *testing.T) {
	for _, x := range textsOf(&french) {
		for rule, pattern := range frenchSpaces {
			require.NotRegexp(t, pattern, x.text, "%s: %s", x.where, rule)
		}
	}
	require.Contains(t, french.dayTime, "\u00a0h\u00a0")
}

// A line says who acts when its key is pressed: the till and the customer by
// name, the cashier by the imperative. A key says the infinitive or a noun, and
// nobody at work in the store is taken for a man.
var whoActs = map[Lang]*regexp.Regexp{
	English: regexp.MustCompile(`^(The till|The customer|Correct|Type|Agree|Ask|Show|Make|Keep|Finish|Call|Cancel|Confirm|Go on|Wait)\b`),
	French:  regexp.MustCompile(`^(La caisse|Le client|\pL+ez\b|Faites)`),
}

func TestActionsSayWhoActs(t *testing.T) {
	for i, a := range actions {
		require.NotRegexp(t, `^\pL+ez\b`, french.actions[i].label, "%s: the label is not an infinitive or a noun", a.id)
		if a.call != callNone && !a.input && a.id != ActShowTerms {
			require.Regexp(t, `^The till`, english.actions[i].text, "%s: the till does it", a.id)
			require.Regexp(t, `^La caisse`, french.actions[i].text, "%s: the till does it", a.id)
		}
	}
}

func TestFrenchSpeaksToEveryone(t *testing.T) {
	gendered := regexp.MustCompile(`(?i)\b(du|le|les|un|au|aux) (caissier|superviseur|gérant|responsable)s?\b|\b(caissi(er|ère)|superviseure?|gérante?)s?(\PL|$)|\b(mon|seul un|un) responsable\b`)
	for _, x := range textsOf(&french) {
		require.NotRegexp(t, gendered, x.text, x.where)
		require.NotRegexp(t, `(?i)\b(tu|toi|ton|tes)\b`, x.text, x.where)
	}
}

// Banned words: nowhere; not to the customer, nor on headlines, which they see
// sideways; nowhere but to the customer. And the trade's own words, which a
// cashier in the second week does not know, or takes for something else.
var (
	bannedAnywhere = map[Lang]*regexp.Regexp{
		English: regexp.MustCompile(`(?i)\b(errors?|fail(ed|s|ure)?|invalid|oops|whoops|unfortunately|sorry|pin|otp|tokens?|bypass|cover|reply|look up|follow up)\b|!`),
		French: regexp.MustCompile(`(?i)\b(erreurs?|invalides?|oups|malheureusement|nip|otp|jetons?|sms|e-mails?|mails?|application|capture[rs]?|bypass|override|location|balance|canceller|checker)\b` +
			`|(?i)\béch(ec|ou)|débit|charg[eé]r?\b|régulier|compléter|contacte[rz]|termes et conditions|plus bas|sans risque|offrez de|si offert|` +
			`\bpas une? |(^|[.;:,] ?)plus de |pren(d|ez|dre)[^.]*paiement|!|’`),
	}
	jargon = map[Lang]*regexp.Regexp{
		English: regexp.MustCompile(`(?i)store('s)? approval|identification word|\bkeys?\b|\bsettle|overrid|\bsign(s|ed|ing)?[- ]in\b|\bhold\b|\bheld\b|\bcaptur|what became of|what has become`),
		French:  regexp.MustCompile(`(?i)dérogation|\bclés?(\PL|$)|étape sans paiement|mot d'identification|clarifier|ce qu'est devenu|\bperçu|revient à|la personne\b|\brenvo|suspend|échap\b|clientèle|\bintervention\b|au dossier\b.*\bau dossier`),
	}
	bannedInSight = map[Lang]*regexp.Regexp{
		English: regexp.MustCompile(`(?i)\b(declined?|refused?|rejected|limits?|balance|fraud|scores?|credit|risk|past due|bureau|frozen|suspended|owe|debt|said no|turned down)\b`),
		French:  regexp.MustCompile(`(?i)refus|rejet|\blimite|\bsolde|fraude|pointage|\bcote\b|risque|retard|bureau|gelé|suspendu[^e]|dette|non approuvé|n'a pas approuvé|crédit`),
	}
	please  = map[Lang]*regexp.Regexp{English: regexp.MustCompile(`(?i)\bplease\b`), French: regexp.MustCompile(`(?i)s'il vous plaît|veuillez`)}
	again   = map[Lang]*regexp.Regexp{English: regexp.MustCompile(`(?i)\b(try(ing)? again|retry)\b`), French: regexp.MustCompile(`(?i)réessa|\bessa(i|y)`)}
	numbers = regexp.MustCompile(`\d{3}[- ]\d{4}`)
	counts  = map[Lang]*regexp.Regexp{English: regexp.MustCompile(`(?i)\b(once|twice|\d+)\b`), French: regexp.MustCompile(`(?i)\b(une fois|deux|\d+)\b`)}

	// Nobody at the till can say why Flexiti answers, and nothing is wrong where
	// the customer only has to choose; a way out that leads nowhere is none.
	beside = map[Lang]*regexp.Regexp{
		English: regexp.MustCompile(`(?i)didn't tell us|you can change|can tell you( privately)?\.|tell the screen|this is corrected`),
		French:  regexp.MustCompile(`(?i)ne nous a pas dit|vous pouvez changer|peut vous (la donner|l'expliquer|en dire)|indiquer à l'écran|après la correction`),
	}
)

// flaw names what is wrong with one text of a card, or nothing.
func flaw(k textKind, s string, l Lang) string {
	toCustomer := k == kSay || k == kIfAsked || k == kDisplay
	onCard := k != kWhy && k != kField
	word := bannedAnywhere[l].FindString(s)
	switch {
	case word != "":
		return "the word " + word
	case onCard && jargon[l].MatchString(s):
		return "jargon: " + jargon[l].FindString(s)
	case onCard && beside[l].MatchString(s):
		return "beside the point: " + beside[l].FindString(s)
	case numbers.MatchString(s):
		return "a number: contacts are the store's to give"
	case (toCustomer || k == kHeadline) && bannedInSight[l].MatchString(s):
		return "in the customer's sight: " + bannedInSight[l].FindString(s)
	case !toCustomer && please[l].MatchString(s):
		return "please, to the cashier"
	case k == kAction && !whoActs[l].MatchString(s):
		return "it does not say who acts"
	case k == kBanner && counts[l].MatchString(s):
		return "a count in a banner"
	}
	return ""
}

func TestTextsAvoidWhatHurtsOrMisleads(t *testing.T) {
	inBoth(t, func(t *testing.T, l Lang, all []text) {
		for _, x := range all {
			require.Empty(t, flaw(x.kind, x.text, l), "%s: %q", x.where, x.text)
		}
	})
}

// Whoever reads "try again" on a card about money in doubt charges twice.
func TestChecksNeverSpeakOfTryingAgain(t *testing.T) {
	inBoth(t, func(t *testing.T, l Lang, all []text) {
		for _, x := range all {
			shared := regexp.MustCompile(`^(doubt|check_first|same_key|never/doubt|never/wait)`)
			if x.card != nil && x.card.family == FamilyCheck || shared.MatchString(x.where) {
				require.NotRegexp(t, again[l], x.text, x.where)
			}
		}
	})
}

// What the lender keeps to itself looks the same on every such card: its words
// are the act's, and who can tell more, how to leave it and how it is kept are equal.
func TestLendersReasonsAreNotTold(t *testing.T) {
	model := cards[CardApplicationDeclined]
	for _, id := range []CardID{
		CardApplicationDeclined, CardUserNotAbleToPurchase, CardMerchantNotSupportNonprimeRegularpurchase, CardAccountTypeNotPermitted,
		CardApplicationTypeNotPermitted, CardLimitPaymentAmount24, CardUserNotActive, CardFoundDeclined,
	} {
		c := &cards[id]
		require.Equal(t, PrivacyDiscreet, c.privacy, c.name)
		require.Equal(t, []any{model.family, model.banner, model.owner, model.actions[0]}, []any{c.family, c.banner, c.owner, c.actions[0]}, c.name)
		for _, w := range []*language{&english, &french} {
			own := w.cards[id]
			require.Equal(t, toPayOtherwise, own.act, c.name)
			require.Empty(t, own.headline+own.never+own.say+own.ifAsked, "%s has words of its own", c.name)
		}
	}
}

// Nobody knows yet: what may be a second payment is never told as one.
func TestSecondPaymentsAreOnlyPerhaps(t *testing.T) {
	perhaps := map[Lang]string{English: `(?i)\bperhaps\b`, French: `(?i)\bpeut-être\b`}
	certain := map[Lang]string{English: `(?i)\b(was|is|were|has been) (charged|paid) twice|you paid twice|twice\.$`, French: `(?i)vous avez payé deux fois|est payée? deux fois`}
	for _, l := range []Lang{English, French} {
		for _, id := range []CardID{CardPaidTwice, CardLateSuccess} {
			w := wordsIn(l).cards[id]
			for part, s := range map[string]string{"headline": w.headline, "say": w.say, "why": w.why} {
				require.Regexp(t, perhaps[l], s, "%s: %s", cards[id].name, part)
			}
			for _, s := range sentencesOf(strings.Join([]string{w.headline + ".", w.retry, w.never, w.say, w.ifAsked}, " ")) {
				if !regexp.MustCompile(perhaps[l]).MatchString(s) {
					require.NotRegexp(t, certain[l], s, cards[id].name)
				}
			}
			require.Regexp(t, forbidsPayment, w.never, cards[id].name)
		}
	}
}

// A hold that is given back is no payment, and neither is a refund. What was
// bought once may be named.
var (
	taking = map[Lang]*regexp.Regexp{
		English: regexp.MustCompile(`(?i)\bpa(y|id|ys|ying|yments?)\b|\bpurchase\b|\b(take|takes|taking)\b|\btaken\b`),
		French:  regexp.MustCompile(`(?i)paiement|\bpay(er|é|ez)\b|factur|\bachat\b`),
	}
	boughtOnce = regexp.MustCompile(`(?i)this purchase is given back|repris le montant de l'achat|cet achat se rembourse|remboursez jamais cet achat|amount from the purchase`)
)

func wordedAsPayment(s string, l Lang) bool {
	return taking[l].MatchString(boughtOnce.ReplaceAllString(s, ""))
}

func TestReleasesAndRefundsAreNotWordedAsPayments(t *testing.T) {
	about := []CardID{
		CardNoReplyRelease, CardServiceTroubleRelease, CardReleased, CardNoReplyRefund, CardServiceTroubleRefund, CardSupervisorSettlesRefund,
		CardSettledRefunded, CardSettledNotRefunded, CardInputRefundInstead, CardRefunded, CardReturned,
	}
	inBoth(t, func(t *testing.T, l Lang, all []text) {
		for _, x := range all {
			release := strings.HasPrefix(x.where, "doubt/re") || strings.HasPrefix(x.where, "help/re")
			if x.card != nil && slices.Contains(about, x.card.id) || release && x.kind != kNever || strings.HasPrefix(x.where, "settle_") && strings.Contains(x.where, "refunded") {
				require.False(t, wordedAsPayment(x.text, l), "%s: %q", x.where, x.text)
			}
		}
	})
}

// A card that is about to ask for something has sent nothing.
func TestInputCardsSayThatNothingIsSent(t *testing.T) {
	for _, a := range actions {
		if !a.input {
			continue
		}
		require.Equal(t, BannerAskInput, cards[a.after].banner, a.id)
		require.Equal(t, "Nothing has been sent yet.", english.cards[a.after].retry, a.id)
		require.Equal(t, "Rien n'est encore envoyé.", french.cards[a.after].retry, a.id)
	}
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
			for _, s := range sentencesOf(filledIn(x.text, l)) {
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
	for i := range cards {
		c := Render(Decision{Card: CardID(i)}, Texts{}, Locale{Cashier: English})
		on := strings.Join([]string{c.Headline + ".", english.own(CardID(i), "").retry, c.Never, c.Say, c.IfAsked}, " ")
		t.Logf("en-CA %-46s card %4.1f, details %4.1f", cards[i].name, grade(on), grade(c.Why))
		require.LessOrEqual(t, grade(on), 6.0, "%s is hard to read: %q", cards[i].name, on)
		require.LessOrEqual(t, grade(c.Why), 8.0, "%s is hard to read: %q", cards[i].name, c.Why)
	}
	for i := range cards {
		c := Render(Decision{Card: CardID(i)}, Texts{}, Locale{Cashier: French})
		on := strings.Join([]string{c.Headline + ".", french.own(CardID(i), "").retry, c.Never, c.Say, c.IfAsked}, " ")
		mean := float64(len(wordsOf(on))) / float64(len(sentencesOf(on)))
		t.Logf("fr-CA %-46s %4.1f words per sentence", cards[i].name, mean)
		require.LessOrEqual(t, mean, 12.0, "%s is hard to read: %q", cards[i].name, on)
	}
	for where, w := range map[string]*doubtText{"doubt/purchase": &english.doubt.purchase, "doubt/refund": &english.doubt.refund, "doubt/release": &english.doubt.release} {
		on := strings.Join([]string{w.check.headline + ".", w.never, w.question + ".", w.asking, w.check.say, w.ask.headline + ".", w.ask.say, w.ifAsked}, " ")
		require.LessOrEqual(t, grade(on), 6.0, "%s is hard to read: %q", where, on)
	}
}
