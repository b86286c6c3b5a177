package tui

import (
	"io"
	"math/rand/v2"
	"os"
	"time"

	"github.com/gdamore/tcell/v2"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// Options are a screen's settings. The zero value is a screen in English that
// cannot change a card's language.
type Options struct {
	Engine  Engine      // rewords cards for key 9; nil: only the screen's own words change
	Lang    plugin.Lang // until a card or the cashier says otherwise; empty: English
	Lane    string      // name of the lane, for the top bar
	Version string      // shown in the details: program, catalogue, module
	Look    Look
	// Open gives the cards of sales that were open before a restart; nil: there are none.
	Open func() []host.Card
	// Supervisor tells who has a PIN, or why it will not do; nil: settling asks for none.
	Supervisor func(pin string) (who string, err error)
	// ByHand is for a POS that does not hear of choices: one whose call leaves at once is
	// not handed on, and the screen says to make that call on the POS. The card stays
	// until what the POS then does brings the next one.
	ByHand   bool
	Training *Training        // play these in place of showing cards; nil: a till at work
	Progress Progress         // keeps a round of training that was left
	Seed     uint64           // of the rounds of training; 0: another one each time
	Mouse    bool             // for lanes with a touch screen: larger targets. A Screen then takes text selection away from the terminal
	Demo     *Demo            // play these in place of a shift; nil: a till at work
	Clock    func() time.Time // of all that the screen tells and waits for; nil: time.Now
	Plain    string           // why to write plain text instead of drawing; empty: draw if the terminal can
	// In and Out are the streams of plain text; nil: standard input and output.
	In  io.Reader
	Out io.Writer

	after  func(time.Duration) <-chan time.Time
	screen func() (tcell.Screen, error)
}

func (o Options) withDefaults() Options {
	if o.In == nil {
		o.In = os.Stdin
	}
	if o.Out == nil {
		o.Out = os.Stdout
	}
	if o.Seed == 0 {
		o.Seed = rand.Uint64()
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.after == nil {
		o.after = time.After
	}
	if o.screen == nil {
		o.screen = openTerminal
	}
	return o
}
