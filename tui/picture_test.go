package tui

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/native"
	"github.com/tillwise/tillwise/plugin"
)

// TestPicture draws the card after a wrong security answer in each language, as the README shows
// it. With -update it writes the drawings anew: `make generate`.
func TestPicture(t *testing.T) {
	for _, l := range languages {
		ev := (&scenario{Operation: plugin.OpVerify, Status: 409, Code: "secret_answer_mismatch", Format: plugin.MethodSecurityQuestion}).event(nil)
		ev.Locale = string(l)
		a, err := native.Engine{}.Answer(t.Context(), ev)
		require.NoError(t, err)
		c := host.Card{SaleID: "10-4471", Display: host.Display{Lane: "04", Amount: "1249.00"}, At: ev.At, UTCOffsetMin: ev.UTCOffsetMin, Answer: a}
		drawing := svg(t, c, 80, 24)
		require.NoError(t, xml.Unmarshal(drawing, new(struct{})))
		require.Contains(t, strings.ReplaceAll(string(drawing), nbsp, " "), a.Prompt.Banner)
		file := "picture/card." + string(l)[:2] + ".svg"
		if *update {
			require.NoError(t, os.MkdirAll("picture", 0o755))
			require.NoError(t, os.WriteFile(file, drawing, 0o644))
		}
		kept, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, string(kept), string(drawing), "the README shows another card: make generate")
	}
}

// svg draws a card from the same rows as a terminal of w by h cells.
func svg(t *testing.T, c host.Card, w, h int) []byte {
	const cell, row, margin = 9, 19, 12
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="ui-monospace,Menlo,Consolas,monospace" font-size="15">`+"\n",
		w*cell+2*margin, h*row+2*margin)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="#1c1f24"/>`+"\n")
	till := newShift(t, Options{})
	till.shows(c)
	sim := tcell.NewSimulationScreen("UTF-8")
	require.NoError(t, sim.Init())
	defer sim.Fini()
	sim.SetSize(w, h)
	till.SetRect(0, 0, w, h)
	till.Draw(sim)
	sim.Show()
	shown, _, _ := sim.GetContents()
	for at := 0; at < len(shown); { // a run of cells of one style
		n := 1
		for (at+n)%w != 0 && shown[at+n].Style == shown[at].Style {
			n++
		}
		text := ""
		for _, c := range shown[at : at+n] {
			text += string(c.Runes)
		}
		x, y := margin+at%w*cell, margin+at/w*row
		letters, ground, attributes := shown[at].Style.Decompose()
		ink, weight := "#d8dce2", "400"
		if attributes&tcell.AttrBold != 0 {
			ink, weight = "#ffffff", "700"
		}
		box := ""
		if attributes&tcell.AttrReverse != 0 {
			ink, box = "#1c1f24", "#d8dce2"
		}
		if ground != tcell.ColorDefault {
			ink, box = fmt.Sprintf("#%06x", letters.Hex()), fmt.Sprintf("#%06x", ground.Hex())
		}
		if box != "" {
			fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s" shape-rendering="crispEdges"/>`+"\n", x, y, n*cell, row, box)
		}
		if strings.TrimSpace(text) != "" {
			var escaped bytes.Buffer
			require.NoError(t, xml.EscapeText(&escaped, []byte(strings.ReplaceAll(text, " ", nbsp))))
			fmt.Fprintf(&b, `<text x="%d" y="%d" textLength="%d" fill="%s" font-weight="%s">%s</text>`+"\n", x, y+14, n*cell, ink, weight, escaped.Bytes())
		}
		at += n
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}
