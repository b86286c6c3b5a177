package tui

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// TestPicture draws the card after a wrong security answer in each language, as the README shows
// it. With -update it writes the drawings anew: `make generate`.
func TestPicture(t *testing.T) {
	for _, l := range languages {
		ev := (&scenario{Operation: plugin.OpVerify, Status: 409, Code: "secret_answer_mismatch", Format: plugin.MethodSecurityQuestion}).event(nil)
		ev.Locale = string(l)
		a, err := native{}.Answer(t.Context(), ev)
		require.NoError(t, err)
		c := host.Card{SaleID: "10-4471", Display: host.Display{Lane: "04", Amount: "1249.00"}, At: ev.At, UTCOffsetMin: ev.UTCOffsetMin, Answer: a}
		drawing := svg(t, c, 80, 24)
		require.NoError(t, xml.Unmarshal(drawing, new(struct{})))
		require.Contains(t, strings.ReplaceAll(string(drawing), nbsp, " "), a.Prompt.Banner)
		if *update {
			require.NoError(t, os.MkdirAll("picture", 0o755))
			require.NoError(t, os.WriteFile("picture/card."+string(l)[:2]+".svg", drawing, 0o644))
		}
	}
}

// svg draws a card from the same rows as a terminal of w by h cells.
func svg(t *testing.T, c host.Card, w, h int) []byte {
	const cell, row, margin = 9, 19, 12
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="ui-monospace,Menlo,Consolas,monospace" font-size="15">`+"\n",
		w*cell+2*margin, h*row+2*margin)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="#1c1f24"/>`+"\n")
	m := newModel(Options{})
	now := time.UnixMilli(c.At)
	m.show(c, now)
	for y, l := range m.picture(w, h, now) {
		x := margin
		for _, s := range l {
			n := cells(s.text) * cell
			ink, weight := "#d8dce2", "400"
			if s.style.bold {
				ink, weight = "#ffffff", "700"
			}
			if s.style.reverse {
				ground := "#d8dce2"
				ink = "#1c1f24"
				if i, ok := s.style.colour.ink(256); ok {
					ink, ground = fmt.Sprintf("#%06x", cube(i.letters)), fmt.Sprintf("#%06x", cube(i.ground))
				}
				fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s" shape-rendering="crispEdges"/>`+"\n", x, margin+y*row, n, row, ground)
			}
			var text bytes.Buffer
			require.NoError(t, xml.EscapeText(&text, []byte(strings.ReplaceAll(s.text, " ", nbsp))))
			if n > 0 && strings.Trim(s.text, " "+nbsp) != "" {
				fmt.Fprintf(&b, `<text x="%d" y="%d" textLength="%d" fill="%s" font-weight="%s">%s</text>`+"\n",
					x, margin+y*row+14, n, ink, weight, text.Bytes())
			}
			x += n
		}
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}
