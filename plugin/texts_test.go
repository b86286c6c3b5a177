package plugin

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/require"
)

// The words of the cards are held to rules, as code is: all there in both
// languages, and short enough to read at a glance. How they read is
// texts_style_test.go's, and what they make of a whole card texts_render_test.go's.

type textKind string

const (
	kHeadline textKind = "headline"
	kRetry    textKind = "retry"
	kNever    textKind = "never"
	kSay      textKind = "say"
	kIfAsked  textKind = "if_asked"
	kWhy      textKind = "why"
	kLabel    textKind = "action label"
	kAction   textKind = "action text"
	kBanner   textKind = "banner"
	kMoney    textKind = "money"
	kOwner    textKind = "owner"
	kField    textKind = "field"
	kDisplay  textKind = "display"
	kRest     textKind = "money with its rest"
)

// cells that a text may take, English and French. A banner of 24 fits beside the
// longest sign on the narrowest screen, of 30 columns.
var cells = map[textKind][2]int{
	kHeadline: {40, 52}, kRetry: {56, 56}, kNever: {60, 74}, kSay: {140, 150}, kIfAsked: {140, 150}, kWhy: {240, 300},
	kLabel: {20, 20}, kAction: {60, 74}, kBanner: {20, 24}, kMoney: {22, 27}, kOwner: {24, 30}, kField: {30, 30}, kDisplay: {20, 20},
	kRest: {46, 49},
}

// limit is the most cells that a text may take.
func (k textKind) limit(l Lang) int {
	if l == French {
		return cells[k][1]
	}
	return cells[k][0]
}

type text struct {
	where string
	card  *card // nil: shared by cards
	kind  textKind
	text  string
}

// textsOf lists every text of a language.
func textsOf(l *language) []text {
	var all []text
	add := func(where string, c *card, k textKind, texts ...string) {
		for _, s := range texts {
			if s != "" {
				all = append(all, text{where + ": " + string(k), c, k, s})
			}
		}
	}
	for i := range l.cards {
		w, c := &l.cards[i], &cards[i]
		add(c.name, c, kHeadline, w.headline, w.inDoubt.check, w.inDoubt.ask)
		add(c.name, c, kBanner, w.banner)
		add(c.name, c, kRetry, w.retry)
		add(c.name, c, kNever, w.never)
		add(c.name, c, kSay, w.say)
		add(c.name, c, kIfAsked, w.ifAsked)
		add(c.name, c, kWhy, w.why)
	}
	for i := range l.acts {
		w, where := &l.acts[i], "act "+strconv.Itoa(i)
		add(where, nil, kHeadline, w.headline)
		add(where, nil, kRetry, w.retry)
		add(where, nil, kNever, w.never)
		add(where, nil, kSay, w.say)
		add(where, nil, kIfAsked, w.ifAsked)
		add(where, nil, kWhy, w.why)
	}
	for where, w := range map[string]*doubtText{"doubt/purchase": &l.doubt.purchase, "doubt/refund": &l.doubt.refund, "doubt/release": &l.doubt.release} {
		add(where, nil, kHeadline, w.check.headline, w.ask.headline, w.question)
		add(where, nil, kNever, w.never)
		add(where, nil, kSay, w.check.say, w.ask.say, w.asking)
		add(where, nil, kIfAsked, w.ifAsked)
		add(where, nil, kWhy, w.why)
	}
	for where, w := range map[string]*step{"help/purchase": &l.help.purchase, "help/refund": &l.help.refund, "help/release": &l.help.release} {
		add(where, nil, kHeadline, w.headline)
		add(where, nil, kSay, w.say)
	}
	add("spent", nil, kWhy, l.spent)
	add("replaced", nil, kWhy, l.replaced)
	for _, a := range append(l.actions[:], l.typeCode) {
		add(string(a.id), nil, kLabel, a.label)
		add(string(a.id), nil, kAction, a.text)
		add(string(a.id), nil, kBanner, a.banner)
	}
	add("paused", nil, kBanner, l.paused.again, l.paused.check, l.theirs)
	for _, b := range l.banners {
		add(string(b.id), nil, kBanner, b.text)
	}
	for _, o := range l.owners {
		add(string(o.id), nil, kOwner, o.text)
	}
	for _, p := range l.problems {
		add(string(p.id), nil, kField, p.text)
	}
	for i, p := range l.params {
		add(params[i], nil, kField, p)
	}
	for _, kind := range moneyKinds {
		for _, money := range moneys {
			add(string(kind)+"/"+string(money), nil, kMoney, l.moneyLine(&Decision{Money: money, MoneyKind: kind}))
			for _, rest := range rests {
				add("rest of "+string(kind)+"/"+string(money), nil, kRest, l.moneyLine(&Decision{Money: money, MoneyKind: kind, About: &About{Amount: rest.about}, Rest: &rest.rest}))
			}
		}
	}
	for where, line := range retryLines(l) {
		add(where, nil, kRetry, line)
	}
	add("display", nil, kDisplay, l.approved[:]...)
	add("display", nil, kDisplay, l.busy[:]...)
	return all
}

// rests: what a sale may have that is paid in part, with the longest amounts.
var rests = []struct {
	about string
	rest  About
}{
	{"9999999.99", About{Operation: OpAuthorization, Amount: "9999999.99"}},
	{"9999999.99", About{Operation: OpCapture, Amount: "9999999.99"}},
	{"9999999.99", About{Operation: OpAuthorization}},
	{"", About{Operation: OpTransactions, Amount: "12.50"}},
	{"", About{Operation: OpCapture}},
}

func retryLines(l *language) map[string]string {
	r := &l.retries
	return map[string]string{
		"now": r.now, "after_fix": r.afterFix, "same_key": r.sameKey, "limited/1": r.oneLeft, "limited": r.left, "later/after": r.wait,
		"later/until": r.until, "later": r.later, "check_first": r.check[0].now, "check_first/after": r.check[0].after, "check_first/1": r.check[1].now,
		"check_first/1/after": r.check[1].after, "check_first/n": r.check[2].now, "check_first/n/after": r.check[2].after, "never": r.never,
		"never/approved": r.nothing, "never/next": r.nothingAgain, "never/wait": r.nothingYet, "never/doubt": r.unconfirmed,
	}
}

func inBoth(t *testing.T, check func(t *testing.T, l Lang, all []text)) {
	for _, l := range []Lang{English, French} {
		t.Run(string(l), func(t *testing.T) { check(t, l, textsOf(wordsIn(l))) })
	}
}

func TestEveryTextStandsInItsPlace(t *testing.T) {
	inBoth(t, func(t *testing.T, l Lang, all []text) {
		w := wordsIn(l)
		for i := range w.cards {
			words, c := w.cards[i], cards[i]
			require.Equal(t, CardID(i), words.card, "row %d of the cards' texts", i)
			require.NotEmpty(t, words.why, "no reason on %s", c.name)
			if words.settles {
				require.Equal(t, FamilyCheck, c.family, c.name)
				require.Empty(t, words.headline+words.say+words.ifAsked, "%s: the doubt has its question", c.name)
			}
			for _, kind := range moneyKinds {
				full := w.own(CardID(i), kind)
				require.NotEmpty(t, full.headline, "no headline on %s", c.name)
				require.NotEmpty(t, full.say, "nothing to say on %s", c.name)
				require.NotEmpty(t, full.ifAsked, "no answer on %s", c.name)
			}
		}
		for i, a := range w.actions {
			require.Equal(t, actions[i].id, a.id, "row %d of the actions' texts", i)
			require.NotEmpty(t, a.label, a.id)
			require.NotEmpty(t, a.text, a.id)
		}
		for i, b := range w.banners {
			require.Equal(t, banners[i], b.id)
			require.NotEmpty(t, b.text, b.id)
		}
		for i, o := range w.owners {
			require.Equal(t, owners[i], o.id)
			require.NotEmpty(t, o.text, o.id)
		}
		for i, p := range w.problems {
			require.Equal(t, problems[i], p.id)
			require.NotEmpty(t, p.text, p.id)
		}
		for i, p := range w.params {
			require.NotEmpty(t, p, params[i])
		}
		for where, line := range retryLines(w) {
			require.NotEmpty(t, line, where)
		}
		for _, kind := range moneyKinds {
			for _, money := range moneys {
				require.NotEmpty(t, w.moneyLine(&Decision{Money: money, MoneyKind: kind}), "no money line for %s %s", kind, money)
			}
		}
		for i, d := range w.weekdays {
			require.NotEmpty(t, d, "no name for weekday %d", i)
		}
		for _, x := range all {
			require.Equal(t, strings.TrimSpace(x.text), x.text, "%s has a space at an end", x.where)
		}
	})
}

// Every name of the catalogue's rows has words: a row cannot name a banner or
// an owner that no vocabulary holds.
func TestVocabulariesHoldWhatTheRowsName(t *testing.T) {
	for _, c := range cards {
		require.Contains(t, ownerPlace, c.owner, c.name)
		if c.banner != "" {
			require.Contains(t, bannerPlace, c.banner, c.name)
		}
		for _, id := range c.actions {
			require.Contains(t, actionPlace, id, c.name)
		}
	}
	for _, a := range actions {
		if !a.id.Settles() { // what settles is never first, and names no card's act
			require.Contains(t, bannerPlace, a.banner, a.id)
		}
	}
}

// Every parameter that Flexiti's pages name for a request may come back as the
// one that was not accepted. Those that hold others are named by what they hold.
func TestEveryDocumentedParameterHasItsLabel(t *testing.T) {
	for _, param := range strings.Fields(`
		client_id client_secret grant_type refresh_token scope merchant_username merchant_password lang
		code first_name middle_name last_name dob postal_code address_1 address_2 city province email phone_number sin income
		salutation govid_type govid_issuedby govid_number govid_expiry tos_agreement payment_protection
		vcc_number account_number customer_id format security_qid security_answer piw request_id widget_session_id flow
		amount transaction_type verification_code external_location_id external_employee_id reference financing_option plan_id term
		auto_capture sku_data register_id full_return capture_id authorization_id other`) {
		require.GreaterOrEqual(t, paramIndex(param), 0, param)
	}
	for param, label := range map[string][2]string{
		"account_number": {"account number", "numéro de compte"}, "address_2": {"address, second line", "adresse, deuxième ligne"},
		"city": {"city", "ville"}, "sin": {"social insurance number", "numéro d'assurance sociale"}, "income": {"income", "revenu"},
		"code": {"licence barcode", "code à barres du permis"}, "piw": {"secret word", "mot secret"},
		"amount": {"amount", "montant"}, "plan_id": {"plan", "plan de financement"}, "reference": {"order number", "numéro de commande"},
		"register_id": {"till number", "numéro de caisse"}, "lang": {"language", "langue"}, "scope": {"scope", "droits d'accès"},
		"other": {"one of the fields", "un des champs"},
	} {
		require.Equal(t, label, [2]string{english.params[paramIndex(param)], french.params[paramIndex(param)]}, param)
	}
}

func TestTextsStandInBothLanguages(t *testing.T) {
	places := regexp.MustCompile(`\{\w+\}`)
	for i, e := range english.cards {
		f, name := french.cards[i], cards[i].name
		for part, both := range map[string][2]string{
			"banner": {e.banner, f.banner}, "headline": {e.headline, f.headline}, "to check": {e.inDoubt.check, f.inDoubt.check}, "to ask": {e.inDoubt.ask, f.inDoubt.ask}, "retry": {e.retry, f.retry}, "never": {e.never, f.never}, "say": {e.say, f.say},
			"if_asked": {e.ifAsked, f.ifAsked}, "why": {e.why, f.why},
		} {
			require.Equal(t, both[0] == "", both[1] == "", "%s: %s in one language only", name, part)
			require.Equal(t, places.FindAllString(both[0], -1), places.FindAllString(both[1], -1), name)
		}
		require.Equal(t, e.act, f.act, name)
		require.Equal(t, []bool{e.pays, e.settles, e.keeps}, []bool{f.pays, f.settles, f.keeps}, name)
	}
	french := retryLines(&french)
	for where, line := range retryLines(&english) {
		require.ElementsMatch(t, places.FindAllString(line, -1), places.FindAllString(french[where], -1), where)
	}
}

// filledIn puts the longest values into a text's places.
func filledIn(s string, l Lang) string {
	when := wordsIn(l).when(noon+2*24*3600*1000, 0) // Wednesday, mercredi
	return strings.NewReplacer("{when}", when, "{n}", "9", "{wait}", "3600").Replace(s)
}

func TestTextsFit(t *testing.T) {
	inBoth(t, func(t *testing.T, l Lang, all []text) {
		for _, x := range all {
			s := filledIn(x.text, l)
			require.LessOrEqual(t, uniseg.StringWidth(s), x.kind.limit(l), "%s is too long: %q", x.where, s)
		}
	})
}

// forbidsPayment is what the never line of a card says while another payment
// could charge the customer twice, or cash could pay a refund twice; keepsGoods
// is what it says of what has perhaps not been paid for.
var (
	forbidsPayment = regexp.MustCompile(`(?i)take no other payment|no new payment|give no cash|never give cash|aucun (autre|nouveau) paiement|ne donnez pas d'argent comptant|ne remboursez jamais .*comptant`)
	keepsGoods     = regexp.MustCompile(`(?i)keep the goods (here|until)|gardez les articles ici`)
)
