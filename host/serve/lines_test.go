package serve_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/plugin"
)

// lineReply is a line of the output.
type lineReply struct {
	Status int
	SaleID string `json:"sale_id"`
	Kept   *bool
	Event  string
	Reply  json.RawMessage
}

// lines has a till answer lines, and gives what it wrote.
func (s *till) lines(t *testing.T, in ...string) (out []lineReply) {
	var text bytes.Buffer
	require.NoError(t, s.Lines(t.Context(), strings.NewReader(strings.Join(in, "\n")), &text))
	for line := range strings.Lines(text.String()) {
		var r lineReply
		require.True(t, strings.HasSuffix(line, "}\n"))
		require.NoError(t, json.Unmarshal([]byte(line), &r), line)
		out = append(out, r)
	}
	return out
}

// A line is answered as the same event over HTTP is.
func TestLineIsAnsweredAsAPostIs(t *testing.T) {
	by, posted := newTill(t, serve.Config{State: t.TempDir()}), newTill(t, serve.Config{State: t.TempDir()})
	events := []string{
		lost, inLane("3", "S-2"), event("verify", 409, wrongAnswer, `"sale_id":"S-1","event_id":"e1"`),
		event("verify", 409, wrongAnswer, `"sale_id":"S-1","event_id":"e1"`), event("lookup", 404, "not_found", `"sale_id":"S-1","event_id":"e1"`),
		`{"v":1,"sale_id":"S-1","action":"hold_sale"}`, `{"v":1,"sale_id":"S-1","action":"finish_sale"}`, `{"v":2}`, `nonsense`, `[]`, `"get"`, `{}`, `{"get":7}`,
		`{"v":1,"sale_id":"S-9","exchange":{"operation":"authorization"`, "\uFEFF" + lost, strings.ReplaceAll(lost, "S-1", "S-3") + "\r",
		`{"v":1,"sale_id":"S-4","exchange":{"operation":"authorization","status":200,"body":"` + strings.Repeat("x", 1<<20) + `"}}`, lost,
	}
	got := by.lines(t, events...)
	require.Len(t, got, len(events))
	for i, ev := range events {
		want := posted.post(t, ev)
		require.Equal(t, want.status, got[i].Status, ev)
		require.NotNil(t, got[i].Kept)
		require.Equal(t, want.kept, *got[i].Kept)
		require.Equal(t, want.fresh, got[i].Event == "new")
		if !strings.HasPrefix(want.name, "own-") { // the other till's own name
			require.Equal(t, want.name, got[i].SaleID)
		}
		if strings.Contains(ev, `"at"`) { // what has no time has the clock's
			require.JSONEq(t, want.raw, string(got[i].Reply), ev)
		}
	}
	require.Equal(t, http.StatusRequestEntityTooLarge, got[16].Status)
	require.True(t, got[17].Status == http.StatusOK, "and the next goes on")
}

func TestBlankLinesAndTheLastOne(t *testing.T) {
	s := newTill(t, serve.Config{})
	require.Empty(t, s.lines(t, "", "  ", "\t\r"))
	require.Empty(t, s.lines(t))
	require.Len(t, s.lines(t, "", lost, "", lost), 2, "the last one needs no end")
	for _, line := range []string{lost, `{"get":"/healthz"}`} {
		require.Equal(t, http.StatusOK, s.lines(t, "\uFEFF"+line)[0].Status, "a mark at the beginning of the stream")
	}
}

func TestLinesThatAsk(t *testing.T) {
	s := newTill(t, serve.Config{State: t.TempDir(), Token: "a-token-of-this-till", Engine: describing{engine}})
	tests := []struct {
		path, want string
		status     int
	}{
		{"/v1/sales?open=1", `"sale_id":"S-1"`, 200}, {"/v1/sales", "open=1", 400}, {"/v1/sales/S-1", `"card":"no_reply_payment"`, 200},
		{"/v1/sales/S-9", "no sale", 404}, {"/v1/catalogue", `"catalogue"`, 200}, {"/healthz", `{"ok":true}`, 200}, {"/readyz", `"ready":true`, 200},
		{"/v1/prompts", "get takes", 404}, {"/metrics", "get takes", 404}, {"/v1/sales/S-1/actions?wait_s=60", "get takes", 404}, {"/v1/events", "get takes", 404},
		{"/", "get takes", 404}, {"sales", "get takes", 404}, {"http://elsewhere.example/x", "get takes", 404}, {"%zz", "get takes", 404},
		{"v1/sales", "get takes", 404}, {"/v1//sales?open=1", "get takes", 404}, {"/v1/x/../sales?open=1", "get takes", 404},
	}
	in := []string{lost}
	for _, tt := range tests {
		question, err := json.Marshal(map[string]string{"get": tt.path})
		require.NoError(t, err)
		in = append(in, string(question))
	}
	got := s.lines(t, in...)
	for i, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			require.Equal(t, tt.status, got[i+1].Status)
			require.Contains(t, string(got[i+1].Reply), tt.want)
			require.Nil(t, got[i+1].Kept)
		})
	}
}

// Each sale's lines are taken in their order, and all are answered in theirs.
func TestOrderOfLines(t *testing.T) {
	const sales, each = 20, 12
	var in []string
	for n := range each {
		for sale := range sales {
			in = append(in, event("lookup", 404, "not_found", fmt.Sprintf(`"sale_id":"S-%d","event_id":"e%d"`, sale, n)))
		}
	}
	p := &paper{}
	s := newTill(t, serve.Config{Journal: p})
	got := s.lines(t, in...)
	require.NoError(t, s.Close(t.Context()))
	require.Len(t, got, len(in))
	for i, r := range got {
		require.Equal(t, fmt.Sprintf("S-%d", i%sales), r.SaleID)
	}
	before := map[string]json.RawMessage{}
	for i, r := range got { // each took up the sale where the one before had left it
		require.Equal(t, 200, r.Status)
		if i >= sales {
			var reply struct {
				Record struct{ Before json.RawMessage }
			}
			require.NoError(t, json.Unmarshal(r.Reply, &reply))
			require.JSONEq(t, string(before[r.SaleID]), string(reply.Record.Before))
		}
		var reply struct{ Sale json.RawMessage }
		require.NoError(t, json.Unmarshal(r.Reply, &reply))
		before[r.SaleID] = reply.Sale
	}
}

// two is an engine that can answer two events at once.
type two struct{ *held }

func (two) Instances() int { return 2 }

// Different sales are taken at once, and their replies wait for each other; the
// end that is asked for lets what was read be answered.
func TestLinesOfDifferentSalesRunAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &held{natively: engine, may: make(chan struct{})}
		s := newTill(t, serve.Config{Engine: two{h}})
		in, write := io.Pipe()
		read, out := io.Pipe()
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.Lines(ctx, in, out) }()
		asked := func() int {
			synctest.Wait()
			h.mu.Lock()
			defer h.mu.Unlock()
			return len(h.asked)
		}
		for n := 0; asked() < 2; n++ { // two sales may share a queue
			_, err := io.WriteString(write, fromLane("a", n)+"\n")
			require.NoError(t, err)
			require.Less(t, n, 32)
		}
		cancel()
		require.Equal(t, 2, asked())
		var got int
		counted := make(chan struct{})
		go func() {
			defer close(counted)
			for lines := bufio.NewScanner(read); lines.Scan(); got++ {
			}
		}()
		close(h.may)
		require.NoError(t, <-ended)
		require.NoError(t, out.Close())
		<-counted
		require.Equal(t, len(h.asked), got, "what was read is answered")
		require.NoError(t, in.Close())
	})
}

// broken is a pipe that nobody reads any more.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

type dead struct{}

func (dead) Read([]byte) (int, error) { return 0, errors.New("the line is dead") }

func TestLinesThatNobodyHears(t *testing.T) {
	s := newTill(t, serve.Config{})
	err := s.Lines(t.Context(), strings.NewReader(lost+"\n"+strings.ReplaceAll(lost, "S-1", "S-2")), broken{})
	require.EqualError(t, err, "writing answers: broken pipe")
	require.Len(t, s.Open(), 2, "the events are taken all the same")
	err = s.Lines(t.Context(), io.MultiReader(strings.NewReader(strings.ReplaceAll(lost, "S-1", "S-3")+"\n"), dead{}), io.Discard)
	require.EqualError(t, err, "reading events: the line is dead")
	require.Len(t, s.Open(), 3)
}

// A failure of ours costs its line, and no other.
func TestLineThatFails(t *testing.T) {
	p, log := logging(slog.LevelInfo)
	s := newTill(t, serve.Config{Log: log, Engine: panicking{engine}})
	got := s.lines(t, event("authorization", 504, "sekrit", `"sale_id":"S-1"`), event("lookup", 404, "sekrit", `"sale_id":"S-2"`))
	require.Len(t, got, 2)
	require.Equal(t, []int{200, 200}, []int{got[0].Status, got[1].Status})
	require.Contains(t, string(got[0].Reply), string(plugin.ModuleFailed))
	require.NotContains(t, p.String(), "sekrit")
	require.Contains(t, p.String(), `"route":"line"`)
}
