package tui

import (
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/tillwise/tillwise/host"
)

// Plain writes a card as sentences, one a line, in the order of the screen:
// for screen readers, pipes, logs and tests. Nothing is wrapped, aligned or
// repeated. It writes UTF-8, or Latin-1 where the look asks for that, and fails as
// w does. What could steer a terminal is escaped before that; so where w is an
// escape.Writer, which takes UTF-8 only, it writes to what is behind that.
func Plain(w io.Writer, c host.Card, k Look) error { return k.Letters.write(w, plainCard(c, k)) }

// Line writes one more line beside such cards, in the same letters. It fails as w does.
func Line(w io.Writer, s string, k Look) error { return k.Letters.write(w, k.Clean(s)+"\n") }

func plainCard(c host.Card, k Look) string {
	p, ws := spellPrompt(c.Prompt, k), wordsOf(c.Prompt.Locale)
	var b strings.Builder
	add := func(head, s string) {
		if s != "" {
			b.WriteString(k.Clean(head+ws.colon) + s + "\n")
		}
	}
	if sale := saleName(c); sale != "" || shownAmount(c) != "" {
		add(ws.doing(c.Decision), k.Clean(strings.TrimSpace(sale+" "+shownAmount(c))))
	}
	add(ws.pState, Sign(c.Decision)+" "+p.Banner)
	add(ws.pHappened, p.Headline)
	for _, f := range p.Fields {
		add(ws.pFix, k.Clean(fieldText(f, p.Locale)))
	}
	money, sum := moneyLine(c, p, k)
	b.WriteString(strings.TrimSpace(money+" "+sum) + "\n")
	for _, s := range []string{p.Retry, p.Never} {
		if s != "" {
			b.WriteString(s + "\n")
		}
	}
	for i, a := range p.Actions {
		b.WriteString("[" + strconv.Itoa(i+1) + "] " + a.Text + "\n")
	}
	add(ws.pSay, p.Say)
	add(ws.pAsked, p.IfAsked)
	add(ws.pWho, p.Owner)
	add(ws.pCall, p.Contact)
	add(ws.pRef, strings.Join(strings.Split(p.Ref, ""), " ")) // read letter by letter
	return b.String()
}

// plainChoices is the line that asks for a key. Pause is what is left of the one
// before the first action: nothing is counted down here, so the line says it.
func plainChoices(c host.Card, k Look, pause time.Duration) string {
	p, ws := spellPrompt(c.Prompt, k), wordsOf(c.Prompt.Locale)
	if len(p.Actions) == 0 {
		return ""
	}
	var keys []string
	for i, a := range p.Actions {
		choice := strconv.Itoa(i+1) + " " + a.Label
		if i == 0 && pause > 0 {
			choice += " (" + ws.pPause + nbsp + seconds(pause, p.Locale) + ")"
		}
		keys = append(keys, choice)
	}
	keys = append(keys, "6 "+ws.details, "8 "+ws.history, "9 "+ws.language, "0 "+ws.help, "q "+ws.leave)
	return k.Clean(ws.pChoose+ws.colon+strings.Join(keys, ", ")+". "+ws.pNext) + "\n"
}
