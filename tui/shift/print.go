package shift

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/tui"
)

// printedAt is when what is printed happens: it is the same each time.
var printedAt = time.Date(2026, 11, 24, 9, 32, 7, 0, time.FixedZone("", -5*60*60))

// Print tells the stories as text, one after the other, each to its end by the keys
// that its cards advise: each card, the key that was pressed, and in the end what
// Flexiti's books say. Nothing waits in it, and it is the same each time.
func Print(ctx context.Context, c Config, look tui.Look, to io.Writer) error {
	lang := en
	if c.Lang != nil {
		lang = plugin.LangOf(string(c.Lang()))
	}
	p := &printer{to: to, look: look, lang: lang}
	p.line(printedStart[lang])
	p.line("")
	var seen []string
	for i, s := range all()[:len(stories)] {
		place := strconv.Itoa(i+1) + "/" + strconv.Itoa(len(stories))
		p.line(printedPlace[lang] + " " + place + ". " + s.Title[lang] + ".")
		p.line(s.Intro[lang])
		end, err := p.tale(ctx, s, c)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			return fmt.Errorf("telling story %s, %q: %w", place, s.Title[en], err)
		case p.failed != nil:
			return fmt.Errorf("printing the stories: %w", p.failed)
		}
		seen = append(seen, strconv.Itoa(i+1)+". "+s.Title[lang]+". "+end)
		p.line("")
	}
	p.line(printedEnd[lang])
	for _, s := range seen {
		p.line(s)
	}
	return p.failed
}

// printer writes a tale down. A card that nobody has to act on, since all is well,
// something is typed or a call is under way, is one line; of any other all is written.
type printer struct {
	to     io.Writer
	look   tui.Look
	lang   plugin.Lang
	card   *host.Card // the last, not yet written
	told   string     // the last line
	failed error
}

// tale writes one story down, and gives its last line.
func (p *printer) tale(ctx context.Context, s story, c Config) (string, error) {
	t, err := begin(s, c, newClock(printedAt), out{
		show: func(c host.Card) { p.passed(); p.card = &c },
		tell: func(text say, over bool) {
			if over {
				p.whole()
				p.line("")
			}
			p.passed()
			p.told = text[p.lang]
			p.line(p.told)
		},
		press: func(c host.Card, key int) {
			p.whole()
			p.line("> [" + strconv.Itoa(key) + "] " + c.Prompt.Actions[key-1].Text)
		},
	})
	if err != nil {
		return "", err
	}
	defer t.till.Close(context.WithoutCancel(ctx))
	t.cashier = t.advised()
	err = t.run(ctx)
	return p.told, err
}

// passed writes a card down that no key was pressed on.
func (p *printer) passed() {
	if c := p.card; c != nil {
		d := c.Decision
		if d.Family == plugin.FamilyApproved || d.Banner == plugin.BannerWaitMoment || d.Banner == plugin.BannerAskInput {
			p.line(tui.Sign(d) + " " + c.Prompt.Headline)
			p.card = nil
		}
	}
	p.whole()
}

// whole writes all of a card.
func (p *printer) whole() {
	if p.card != nil && p.failed == nil {
		p.line("")
		p.failed = tui.Plain(p.to, *p.card, p.look)
	}
	p.card = nil
}

func (p *printer) line(s string) {
	if p.failed == nil {
		p.failed = tui.Line(p.to, strings.TrimRight(s, " "), p.look)
	}
}
