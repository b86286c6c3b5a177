package glance

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/native"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/tui"
)

// population is every card that a kit may have.
func population(t *testing.T, l plugin.Lang) []host.Card {
	training, err := tui.LoadTraining(t.Context(), native.Engine{}, nil, "scenarios.toml", tui.Scenarios)
	require.NoError(t, err)
	return training.Cards(l)
}

func kitOf(t *testing.T, p Plan) *kit {
	k, err := load(t.Context(), native.Engine{}, p)
	require.NoError(t, err)
	return k
}

var english = Plan{Lang: plugin.English, Seed: 7, Cards: 30}

// sheetOf writes a sheet: a row for each line, "reader screen" and then some answers.
func sheetOf(k *kit, separator string, lines ...string) string {
	out := []string{strings.Join(header(plugin.English, readerColumn, screenColumn), separator)}
	for _, l := range lines {
		cells := strings.Split(l, " ")
		var n int
		if _, err := fmt.Sscan(cells[1], &n); err == nil {
			cells[1] = numbered(k.stem, n)
		}
		out = append(out, strings.Join(cells, separator))
	}
	return strings.Join(out, "\n") + "\n"
}

func reportOf(t *testing.T, sheet string) (string, error) {
	var out bytes.Buffer
	err := Score(t.Context(), native.Engine{}, strings.NewReader(sheet), &out)
	return out.String(), err
}
