package tui

import (
	"strconv"

	"github.com/gdamore/tcell/v2"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

var (
	nextHint     = binding{keyEnter, tcell.KeyEnter, func(w *words) string { return w.next }}
	quitHint     = binding{keyBack, tcell.KeyEscape, func(w *words) string { return w.quit }}
	lessonKeys   = []binding{hintOf(keyHelp), hintOf(keyLanguage), hintOf(keyHide)} // those of every page, but the list's
	menuKeys     = []binding{hintOf(keyHelp), quitHint, hintOf(keyLanguage), hintOf(keyHide)}
	questionKeys = []binding{hintOf(keyHelp), hintOf(keyBack), hintOf(keyLanguage), hintOf(keyHide)}
	answeredKeys = []binding{hintOf(keyHelp), nextHint, hintOf(keyBack), hintOf(keyLanguage), hintOf(keyHide)}
	listKeys     = []binding{hintOf(keyHelp), hintOf(keyBack), moveHint, openByEnter}
	openByEnter  = binding{keyEnter, tcell.KeyEnter, func(w *words) string { return w.openIt }}
)

// picture is what is on the screen: the title, the rows, and the keys that do something.
func (l *lesson) picture(ws *words, lang plugin.Lang, k Look, w int) (title []string, rows []line, keys []binding) {
	title = []string{ws.train, ws.trainNote}
	switch l.page {
	case lessonQuestion:
		r := l.current()
		if r.chosen[r.at] > 0 {
			return title, l.verdictRows(ws, lang, k, w), answeredKeys
		}
		return title, l.questionRows(ws, lang, k, w), questionKeys
	case lessonList:
		return title, l.finder.rows(ws, ws.noCard, func(i int) string { return l.steps[i].title[lang] }, k, w), listKeys
	case lessonResult:
		return title, l.resultRows(ws, lang, k, w), questionKeys
	case lessonMenu:
	}
	rows = append(hang(nil, 1, ws.menuIntro, strong, w), nil)
	rows = append(rows, l.offerRows(ws, w)...)
	if l.leftOut > 0 {
		rows = append(append(rows, nil), hang(nil, 1, ws.leftOut(l.leftOut), plain, w)...)
	}
	return title, rows, menuKeys
}

// numbered is a line that its number chooses.
func numbered(n int, s string, w int) []line {
	k := key('0' + n)
	return hang(line{{" ", plain}, {"[" + string(k) + "]", chip.on(k)}}, 5, s, plain.on(k), w)
}

func (l *lesson) offerRows(ws *words, w int) (rows []line) {
	for i, o := range l.offers() {
		rows = append(rows, numbered(i+1, o.say(ws), w)...)
	}
	return rows
}

// asked is the card of a question as the cashier meets it, without its advice and
// without a sale: the scenario's name in its place would tell what a card hides. Where the line of when to try again names a key of the card, it goes too: here
// that key is an answer.
func (s step) asked(l plugin.Lang) host.Card {
	c := s.card
	c.SaleID, c.Display = "", host.Display{}
	c.Prompt = s.words[l]
	p := &c.Prompt
	p.Actions, p.Say, p.IfAsked, p.Owner, p.Contact = nil, "", "", "", ""
	if pauses(c.Decision) || c.Decision.Retry.Policy == plugin.RetrySameKey {
		p.Retry = ""
	}
	return c
}

// cardRows are the place in the round and the card; the customer before an answer only.
func (l *lesson) cardRows(ws *words, lang plugin.Lang, k Look, w int) (rows []line) {
	r := l.current()
	s := l.steps[r.steps[r.at]]
	c := s.asked(lang)
	p := spellPrompt(c.Prompt, k)
	right, answered := r.score(l.steps)
	rows = append(rows, ends(text(strconv.Itoa(r.at+1)+"/"+strconv.Itoa(len(r.steps))), text(ws.scoreLine(right, answered)), w))
	if r.chosen[r.at] == 0 {
		rows = append(rows, hang(styled(" "+ws.customer, strong), max(gutter(ws), cells(ws.customer)+3), k.Clean(ws.quoted(s.customer[lang])), plain, w)...)
	}
	banner := style{bold: true, reverse: true, colour: familyColour(c.Decision.Family)}
	bar, ref := " "+Sign(c.Decision)+" "+p.Banner, ws.ref+nbsp+p.Ref+" "
	if cells(bar)+2+cells(ref) <= w {
		bar = pad(bar, w-cells(ref)) + ref
	}
	rows = append(rows, styled(bar, banner))
	rows = append(rows, hang(nil, 5, p.Headline, strong, w)...)
	for _, f := range p.Fields {
		rows = append(rows, hang(nil, 5, k.Clean(fieldText(f, lang)), plain, w)...)
	}
	rows = append(rows, styled(" "+moneySign(c.Decision.Money)+" "+p.Money, strong))
	for _, s := range []string{p.Retry, p.Never} {
		rows = append(rows, hang(nil, 5, s, plain, w)...)
	}
	if w >= narrow {
		rows = append(rows, nil)
	}
	return rows
}

func (l *lesson) questionRows(ws *words, lang plugin.Lang, k Look, w int) []line {
	rows := append(l.cardRows(ws, lang, k, w), hang(nil, 1, ws.yourTurn, strong, w)...)
	r := l.current()
	for i, c := range l.steps[r.steps[r.at]].choices[lang] {
		rows = append(rows, numbered(i+1, k.Clean(c.text), w)...)
	}
	return rows
}

// said is one part of what became of an answer.
type said struct {
	right bool
	text  string // what was chosen, or is right
	why   string
}

// verdict says what was chosen, what was right where that is another, and why.
func (l *lesson) verdict(ws *words, lang plugin.Lang) (out []said) {
	r := l.current()
	s := l.steps[r.steps[r.at]]
	chosen, right := r.chosen[r.at]-1, s.right
	why := s.words[lang].Why
	name := func(verb string, i int) string {
		return verb + " [" + strconv.Itoa(i+1) + "] " + s.choices[lang][i].text
	}
	if chosen == right {
		return []said{{true, name(ws.youChose, chosen), why}}
	}
	return []said{{false, name(ws.youChose, chosen), s.choices[lang][chosen].because}, {true, name(ws.rightIs, right), why}}
}

func (l *lesson) verdictRows(ws *words, lang plugin.Lang, k Look, w int) []line {
	rows := l.cardRows(ws, lang, k, w)
	for _, v := range l.verdict(ws, lang) {
		mark, st := "x "+ws.markWrong, strong
		if v.right {
			mark = "+ " + ws.markRight
		}
		indent := 5 + max(cells(ws.markRight), cells(ws.markWrong))
		if w < narrow {
			rows, indent = append(rows, styled(" "+mark, st)), 3
			mark = ""
		}
		rows = append(rows, hang(styled(" "+mark, st), indent, k.Clean(v.text), strong, w)...)
		rows = append(rows, hang(nil, indent, k.Clean(v.why), plain, w)...)
	}
	next := hang(line{{" ", plain}, {"[" + ws.enterKey + "]", chip.on(keyEnter)}}, 4+cells(ws.enterKey), ws.goNext, plain.on(keyEnter), w)
	return append(append(rows, nil), next...)
}

func (l *lesson) resultRows(ws *words, lang plugin.Lang, k Look, w int) []line {
	right, of := l.round.score(l.steps)
	rows := append(hang(nil, 1, ws.scoreLine(right, of), strong, w), nil)
	missed := l.round.missed(l.steps)
	if len(missed) == 0 {
		rows = append(rows, hang(nil, 1, ws.allRight, plain, w)...)
	} else {
		rows = append(rows, l.offerRows(ws, w)...)
		rows = append(append(rows, nil), hang(nil, 1, ws.lookAgain, strong, w)...)
	}
	for _, i := range missed {
		s := l.steps[i]
		rows = append(rows, hang(text(" "+Sign(s.card.Decision)), 6, k.Clean(s.words[lang].Headline), strong, w)...)
		rows = append(rows, hang(nil, 6, k.Clean(ws.rightIs+ws.colon+s.choices[lang][s.right].text), plain, w)...)
	}
	if len(missed) == 0 {
		rows = append(append(rows, nil), l.offerRows(ws, w)...)
	}
	return rows
}
