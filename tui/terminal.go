package tui

import (
	"errors"
	"os"
	"runtime"
	"strings"
	"sync"

	"github.com/gdamore/tcell/v2"
	"golang.org/x/term"
	"golang.org/x/text/encoding/charmap"
)

var (
	errNoTerminal = errors.New("standard input and output are no terminal")
	errDumb       = errors.New("the terminal cannot be drawn on")
)

// reason says in a language why plain text is written.
func (w *words) reason(err error) string {
	switch {
	case errors.Is(err, errNoTerminal):
		return w.noTerminal
	case errors.Is(err, errDumb), errors.Is(err, tcell.ErrTermNotFound):
		return w.dumb
	}
	return err.Error()
}

// openTerminal makes ready the terminal that the program runs on.
func openTerminal() (tcell.Screen, error) {
	if !term.IsTerminal(int(os.Stdout.Fd())) || !term.IsTerminal(int(os.Stdin.Fd())) {
		return nil, errNoTerminal
	}
	if t := os.Getenv("TERM"); runtime.GOOS != "windows" && (t == "" || t == "dumb") {
		return nil, errDumb
	}
	for _, name := range []string{"iso-8859-1", "iso8859-1", "latin1"} {
		tcell.RegisterEncoding(name, charmap.ISO8859_1)
	}
	for _, name := range []string{"iso-8859-15", "iso8859-15", "latin9"} {
		tcell.RegisterEncoding(name, charmap.ISO8859_15)
	}
	// Any other charset: LettersFor has nothing but ASCII sent to it, which is the same in all.
	tcell.SetEncodingFallback(tcell.EncodingFallbackUTF8)
	s, err := tcell.NewScreen()
	if err != nil {
		return nil, err
	}
	if err := s.Init(); err != nil {
		return nil, err
	}
	return s, nil
}

// terminal is what tview draws on. An error of it never reaches tview, which would
// stop by itself while the pump waits for its queue; and it is made ready already.
type terminal struct {
	tcell.Screen
	failed func()
	once   sync.Once
}

// Init implements tcell.Screen.
func (t *terminal) Init() error { return nil }

// Fini implements tcell.Screen. It may be called twice.
func (t *terminal) Fini() { t.once.Do(t.Screen.Fini) }

// PollEvent implements tcell.Screen.
func (t *terminal) PollEvent() tcell.Event {
	for {
		ev := t.Screen.PollEvent()
		if _, failed := ev.(*tcell.EventError); !failed {
			return ev
		}
		t.failed()
	}
}

// leaveKeypadMode has the keypad send digits: in application mode, which tcell
// turns on, the terminal sends sequences that tcell drops.
func leaveKeypadMode(s tcell.Screen) {
	if tty, ok := s.Tty(); ok {
		_, _ = tty.Write([]byte("\x1b>"))
	}
}

// reclaim takes a terminal over again that a shell has used in between. It is
// false when the terminal is gone: the system says "continue" then too, and tcell
// would draw for ever on a screen without a size.
func reclaim(t tcell.Screen) bool {
	return alive(t) && t.Suspend() == nil && t.Resume() == nil && alive(t)
}

func alive(t tcell.Screen) bool {
	tty, ok := t.Tty()
	if !ok {
		return true // a simulated one
	}
	size, err := tty.WindowSize()
	return err == nil && size.Width > 0 && size.Height > 0
}

// LettersFor tells from the environment which letters the terminal can show:
// the charset of LC_ALL, LC_CTYPE or LANG, the first that is set. A locale
// without a charset, and no locale at all, promise no more than ASCII. A
// Windows console shows everything.
func LettersFor(getenv func(string) string) Letters {
	if runtime.GOOS == "windows" {
		return LettersAll
	}
	locale := ""
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale = getenv(name); locale != "" {
			break
		}
	}
	_, charset, _ := strings.Cut(strings.ToUpper(locale), ".")
	charset, _, _ = strings.Cut(charset, "@")
	switch strings.NewReplacer("-", "", "_", "").Replace(charset) {
	case "UTF8":
		return LettersAll
	case "ISO88591", "ISO885915", "LATIN1", "LATIN9":
		return LettersLatin1
	}
	return LettersASCII
}
