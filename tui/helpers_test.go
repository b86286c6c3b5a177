package tui

import (
	"strings"
	"time"
)

// pictureText is what can be read on a screen.
func pictureText(m *model, w, h int, now time.Time) string {
	var b strings.Builder
	for _, row := range m.picture(w, h, now) {
		b.WriteString(strings.TrimRight(row.String(), " ") + "\n")
	}
	return b.String()
}
