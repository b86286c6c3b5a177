package tui

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

func openState(t *testing.T, dir string) *State {
	t.Helper()
	s, err := OpenState(dir)
	require.NoError(t, err)
	return s
}

func TestUnsettledSalesSurviveARestart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	l := startLane(t, Options{State: openState(t, dir)})
	c := checkCard(plugin.English)
	c.Sale = json.RawMessage(`{"v":1}`)
	l.Show(c)
	l.until("CHECK THE SALE")
	l.Show(doneCard(plugin.English))
	l.until("DONE")
	l.Close()
	require.NoError(t, <-l.ended)
	l.ended <- nil

	data, err := os.ReadFile(filepath.Join(dir, "unsettled.json"))
	require.NoError(t, err)
	require.JSONEq(t, `{"v":1,"sales":[{"sale_id":"s-4466","at":1795462320000,"ref":"5R8D","sale":{"v":1}}]}`, string(data), "these four things and nothing more")
	if runtime.GOOS != "windows" {
		info, err := os.Stat(filepath.Join(dir, "unsettled.json"))
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	}

	again := startLane(t, Options{State: openState(t, dir)})
	again.until("5R8D")
	again.press(tcell.KeyRune, '1')
	require.Equal(t, Event{SaleID: "s-4466", Action: plugin.ActCallSupervisor, Sale: json.RawMessage(`{"v":1}`)}, <-again.Events(),
		"its card is asked for")
	settled := doneCard(plugin.English)
	settled.SaleID = "s-4466"
	again.Show(settled)
	again.until("DONE")
	again.Close()
	require.NoError(t, <-again.ended)
	again.ended <- nil
	require.Empty(t, openState(t, dir).Unsettled())
}

// Whatever card a sale had when the till stopped, it can be had back, and a
// payment under way is still waited for.
func TestASaleOfBeforeARestartIsAskedForByWhatItOffers(t *testing.T) {
	lost := &plugin.Exchange{Operation: plugin.OpAuthorization, Failure: plugin.FailureTimeout}
	leaving := &plugin.Exchange{Operation: plugin.OpAuthorization, Failure: plugin.FailurePending}
	tests := []struct {
		name   string
		events []host.Event
		want   plugin.ActionID
	}{
		{"lost", []host.Event{{Exchange: lost}}, plugin.ActHoldSale},
		{"the supervisor was called", []host.Event{{Exchange: lost}, {Action: plugin.ActCallSupervisor}}, plugin.ActHoldSale},
		{"kept for later", []host.Event{{Exchange: lost}, {Action: plugin.ActHoldSale}}, plugin.ActCallSupervisor},
		{"under way", []host.Event{{Exchange: leaving}}, plugin.ActKeepWaiting},
		{"damaged", nil, plugin.ActCallSupervisor},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sale := json.RawMessage(`{"v":2,"check":"00000000"}`)
			for i, ev := range tt.events {
				if ev.V = plugin.ABI; i > 0 {
					ev.Sale = sale
				}
				a, err := native{}.Answer(t.Context(), ev)
				require.NoError(t, err)
				require.True(t, unsettled(a.Decision))
				sale = a.Sale
			}
			s := newShift(t, Options{clock: time.Now, State: &State{kept: []Unsettled{{SaleID: "s-1", At: at(9, 0), Ref: "5R8D", Sale: sale}}}})
			got := s.press('1')
			require.Equal(t, &Event{SaleID: "s-1", Action: tt.want, Sale: sale}, got)
			if tt.events != nil {
				_, err := native{}.Answer(t.Context(), host.Event{V: plugin.ABI, Action: got.Action, Sale: got.Sale})
				require.NoError(t, err)
			}
		})
	}
}

func TestADamagedStateIsSetAsideAndSaid(t *testing.T) {
	for _, data := range []string{"", "{", `{"v":2,"sales":[]}`, "\x00\x00"} {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, "unsettled.json"), []byte(data), 0o600))
		s := openState(t, dir)
		require.Empty(t, s.Unsettled())
		kept, err := os.ReadFile(filepath.Join(dir, "unsettled.json.damaged"))
		require.NoError(t, err)
		require.Equal(t, data, string(kept))
		m := newModel(Options{State: s, clock: time.Now})
		require.Contains(t, flat(pictureText(m, 80, 24, time.Now())), flat(english.warnings[WarnState]))
	}
}

func TestAStateThatCannotBeWrittenIsSaidAndStopsNothing(t *testing.T) {
	dir := t.TempDir()
	s := openState(t, dir)
	require.NoError(t, os.RemoveAll(dir))
	l := startLane(t, Options{State: s})
	l.Show(checkCard(plugin.English))
	l.until("CHECK THE SALE")
	l.press(tcell.KeyEscape, 0)
	l.until("write the references down")
}

func TestOpenStateFailsWithWhatToDo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	_, err := OpenState(file)
	require.ErrorContains(t, err, "give --state a folder that can be written to")
}
