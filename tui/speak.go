package tui

import (
	"bufio"
	"context"
	"io"
	"slices"
	"strings"
	"time"
)

// speak is the loop of a screen in plain text: cards are written as they come,
// and a line typed with Enter is a key. Nothing is ever drawn over.
func (s *Screen) speak(ctx context.Context, m *model, why error) (err error) {
	w := newWorker()
	defer func() {
		if p := recover(); p != nil {
			err = &brokenError{p}
		}
		s.finish(m, w)
	}()
	ws := wordsOf(m.lang)
	say := func(text string) { // a reader that is gone must not stop the till
		_ = m.look.Letters.write(s.o.Out, text)
	}
	say(ws.pMode + ws.reason(why) + ".\n")
	if m.page == pageCard { // it was on the screen that is no more
		say("\n" + plainCard(m.open.in(m.lang), m.look) + s.choices(m))
	}
	if m.open == nil && len(m.entries) > 0 { // from before a restart: the last one is the one to choose on
		for _, e := range m.entries {
			say("\n" + plainCard(e.in(m.lang), m.look))
			m.present(e, s.o.clock())
		}
		say(s.choices(m))
	}
	for _, warning := range m.warnings {
		say(ws.warnings[warning] + "\n")
	}
	if m.lesson != nil {
		say("\n" + m.lesson.plain(m.lang, m.look))
	}
	typed := make(chan string)
	go read(s.o.In, typed, s.closed)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-s.closed:
			return nil
		case <-s.wake:
			before := slices.Clone(m.warnings)
			cards := s.collect(m, w)
			for _, warning := range m.warnings {
				if !slices.Contains(before, warning) {
					say("\n" + ws.warnings[warning] + "\n")
				}
			}
			for _, c := range cards {
				say("\n" + plainCard(c, m.look))
			}
			if len(cards) == 0 {
				continue
			}
			if m.page == pageCard {
				say(s.choices(m))
			}
		case l, ok := <-typed:
			if !ok && m.lesson != nil { // nobody is left to answer
				return nil
			}
			if !ok {
				typed = nil // input has ended: cards go on
				continue
			}
			say(s.answer(l, m, w))
		case r := <-w.results:
			w.done(m, r)
			s.take(effect{}, m, w)
			if m.page == pageCard && m.open.card.Prompt.Locale != m.lang {
				say("\n" + plainCard(m.open.in(m.lang), m.look) + s.choices(m))
			}
		}
	}
}

// choices asks for a key to the card that was written last.
func (s *Screen) choices(m *model) string {
	return plainChoices(m.open.in(m.lang), m.look, m.pause(s.o.clock()))
}

// read passes lines on until the input ends or the screen closes. A read that
// waits on a terminal cannot be called off: it ends with the program.
func read(in io.Reader, typed chan<- string, closed <-chan struct{}) {
	defer close(typed)
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		select {
		case typed <- lines.Text():
		case <-closed:
			return
		}
	}
}

// answer does what a typed line asks for, and says what came of it.
func (s *Screen) answer(typed string, m *model, w *worker) string {
	typed = strings.TrimSpace(typed)
	if m.lesson != nil {
		return s.trainingLine(typed, m, w)
	}
	if len(typed) > 1 { // no key: a scanner, or a word
		if m.page != pageCard {
			return ""
		}
		return s.choices(m)
	}
	k := keyEnter
	if typed != "" {
		k = key(typed[0])
	}
	now := s.o.clock()
	m.shownAt = now.Add(-armingDelay) // a line takes longer to type than a slip of the hand
	m.tick(now)
	m.hidden = false // what was said cannot be hidden
	e := m.key(k, now)
	m.hidden = false
	s.take(e, m, w)
	switch m.page {
	case pageCard:
		if m.confirm > 0 {
			return "[" + typed + "] " + m.look.spell(wordsOf(m.lang).again) + "\n"
		}
		if left := m.pause(now); m.unheeded && left > 0 {
			ws := wordsOf(m.lang)
			return "[1] " + m.look.spell(ws.pause+nbsp+seconds(left, m.lang)) + "\n"
		}
		if c := m.open.in(m.lang); e.choose == nil && c.Prompt.Locale == m.lang {
			return "\n" + plainCard(c, m.look) + s.choices(m)
		}
		return ""
	case pagePIN:
		m.leave()
		return "\n" + wordsOf(m.lang).pinPlain + "\n" + s.choices(m)
	case pageIdle, pageHistory, pageHelp, pageDetails:
	}
	return "\n" + spoken(m, now)
}

// spoken is the text of a page, a sentence a line.
func spoken(m *model, now time.Time) string {
	const wide = 1 << 10
	var b strings.Builder
	for _, row := range m.picture(wide, wide, now) {
		if t := strings.TrimSpace(row.String()); t != "" && strings.Trim(t, "═─=-") != "" {
			b.WriteString(strings.Join(strings.Fields(t), " ") + "\n")
		}
	}
	return b.String()
}
