package replay

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/tillwise/tillwise/plugin"
)

// textExample sets the two prompts side by side.
func textExample(b *bytes.Buffer, g *Group) {
	e := g.Example
	left, right := promptLines(e.RecordedPrompt), promptLines(e.NewPrompt)
	if len(right) == 0 {
		return
	}
	title := "recorded"
	switch {
	case !g.recordedWordsKnown():
		title, left = "recorded", []string{"(other words; --old with the module", "that decided then shows them)"}
	case !e.ExactWords:
		title = "recorded (its decision in today's words)"
	}
	const width = 56
	left, right = wrapAll(left, width), wrapAll(right, width)
	fmt.Fprintf(b, "\n    %-*s | new\n", width, title)
	for i := range max(len(left), len(right)) {
		row := fmt.Sprintf("    %s | %s", pad(lineAt(left, i), width), lineAt(right, i))
		fmt.Fprintln(b, strings.TrimRight(row, " "))
	}
}

func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(width-utf8.RuneCountInString(s), 0))
}

// wrapAll breaks lines between words; what goes on is indented.
func wrapAll(lines []string, width int) []string {
	var out []string
	for _, line := range lines {
		row := ""
		for i, word := range strings.Split(line, " ") {
			switch {
			case i == 0:
				row = word
			case utf8.RuneCountInString(row)+1+utf8.RuneCountInString(word) > width:
				out = append(out, row)
				row = "  " + word
			default:
				row += " " + word
			}
		}
		out = append(out, row)
	}
	return out
}

// promptLines gives what a prompt says, in the order of the card.
func promptLines(raw json.RawMessage) []string {
	var p plugin.Prompt
	if len(raw) == 0 || json.Unmarshal(raw, &p) != nil {
		return nil
	}
	lines := []string{"[" + p.Banner + "] " + p.Headline, p.Money, p.Retry}
	if p.Never != "" {
		lines = append(lines, p.Never)
	}
	for i, a := range p.Actions {
		lines = append(lines, fmt.Sprintf("%d %s", i+1, a.Text))
	}
	for _, f := range p.Fields {
		lines = append(lines, f.Label+": "+f.Problem)
	}
	if p.Say != "" {
		lines = append(lines, "\u201c"+p.Say+"\u201d")
	}
	return append(lines, p.Owner)
}
