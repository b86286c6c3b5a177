package tui

import (
	"strconv"
	"strings"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// detailRows holds why a card was shown, and all of the card, whatever did not
// fit on it included. A narrow terminal, where most is missing, has the card first.
func detailRows(c host.Card, ws *words, version string, w int, k Look) (rows []line) {
	p, d := spellPrompt(c.Prompt, k), c.Decision
	add := func(head, s string) {
		if s != "" {
			rows = append(rows, zoneRows(ws, head, s, w)...)
		}
	}
	reasons := func() {
		add(ws.rule, k.Clean(d.Matched.Rule))
		add(ws.match, k.Clean(d.Matched.By)+", "+k.Clean(d.Card.String()))
		add(ws.source, k.Clean(d.Matched.Source))
		add(ws.version, k.Clean(version))
		add(strings.ToUpper(ws.doing(d)), k.Clean(saleName(c)))
	}
	add(ws.ref, p.Ref)
	add(ws.why, p.Why)
	if w >= narrow {
		reasons()
		rows = append(rows, nil)
	}
	rows = append(rows, hang(text(" "+Sign(d)), 6, p.Banner+ws.colon+p.Headline, strong, w)...)
	for _, f := range p.Fields {
		add(ws.fields, fieldText(f, p.Locale))
	}
	rows = append(rows, hang(text(" "+moneySign(d.Money)), 6, p.Money, strong, w)...)
	for _, s := range []string{p.Retry, p.Never} {
		rows = append(rows, hang(nil, 6, s, plain, w)...)
	}
	for i, a := range p.Actions {
		rows = append(rows, hang(text(" ["+strconv.Itoa(i+1)+"]"), 6, a.Text, plain, w)...)
	}
	add(ws.say, ws.quoted(p.Say))
	add(ws.ifAsked, ws.quoted(p.IfAsked))
	add(ws.who, p.Owner)
	add(ws.call, p.Contact)
	if w < narrow {
		reasons()
	}
	return rows
}

// helpRows begins with the card on the screen, then explains keys and signs.
func (m *model) helpRows(ws *words, w int) (rows []line) {
	head := func(s string) {
		if len(rows) > 0 {
			rows = append(rows, nil)
		}
		rows = append(rows, styled(" "+s, strong))
	}
	entryRow := func(name, s string) { rows = append(rows, hang(text("   "+name), 20, s, plain, w)...) }
	if m.open != nil && len(m.back) > 0 && m.back[0] == pageCard {
		c := m.open.in(m.lang)
		p := spellPrompt(c.Prompt, m.look)
		head(ws.helpCard)
		rows = append(rows, hang(nil, 3, Sign(c.Decision)+" "+p.Banner+ws.colon+ws.helpOf(c.Decision), plain, w)...)
		rows = append(rows, hang(nil, 3, moneySign(c.Decision.Money)+" "+p.Money, plain, w)...)
		if len(p.Actions) > 0 {
			rows = append(rows, hang(nil, 3, "[1] "+p.Actions[0].Text, plain, w)...)
		}
	}
	head(ws.helpKeys)
	keys := cardKeys
	if m.lesson != nil {
		for _, k := range ws.helpTraining {
			entryRow(k[0], k[1])
		}
		keys = lessonKeys
	} else {
		last := actionKeys[len(actionKeys)-1]
		entryRow(string(actionKeys[0].key)+"-"+string(last.key)+", "+fname(actionKeys[0].twin)+"-"+fname(last.twin), ws.helpActions)
		entryRow(ws.enterKey, ws.helpEnter)
	}
	for _, b := range keys {
		if b.key == keyBack {
			entryRow(ws.escKey+", "+ws.clearKey, ws.helpBack)
			continue
		}
		entryRow(string(b.key)+", "+fname(b.twin), b.label(ws))
	}
	if m.demo != nil {
		for _, k := range ws.helpDemo {
			entryRow(k[0], k[1])
		}
	}
	head(ws.helpSigns)
	for _, f := range []plugin.Family{plugin.FamilyApproved, plugin.FamilyFix, plugin.FamilyWait, plugin.FamilyStop, plugin.FamilyCheck, plugin.FamilyHelp} {
		entryRow(familySign(f), ws.helpFamily[f])
		if f == plugin.FamilyApproved {
			entryRow(signNextStep, ws.helpNextStep)
		}
		if f == plugin.FamilyWait {
			entryRow(signNoDecision, ws.helpNoDecision)
		}
	}
	for _, mo := range []plugin.Money{plugin.MoneyNotMoved, plugin.MoneyHeld, plugin.MoneyMoved, plugin.MoneyUnknown} {
		entryRow(moneySign(mo), ws.helpMoney[mo])
	}
	head(ws.helpKindly)
	for _, s := range ws.kindly {
		rows = append(rows, hang(nil, 3, s, plain, w)...)
	}
	return rows
}
