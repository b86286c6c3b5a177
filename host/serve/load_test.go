package serve_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/plugin"
)

// load is what a service has to bear: lanes that each post one sale after the
// other, and what else is at its door.
type load struct {
	lanes, events int           // all lanes', and each one's
	every         time.Duration // between two events of a lane; 0: as soon as it has its answer
	dribbling     int           // connections that send an event by single bytes
	malformed     int           // requests
}

// A service loses nothing under load, whatever else is at its door: each event
// is answered, each sale shows its last card, before and after a restart, each
// has its record, and nothing piles up. `make soak` has a minute of 1,000 events
// a second from 200 lanes, by the compiled module.
func TestSoakLoad(t *testing.T) {
	tests := []struct {
		name        string
		quick, full load
	}{
		{"alone", load{lanes: 200, events: 15}, load{lanes: 200, events: 300, every: 200 * time.Millisecond}},
		{"beside hostile ones", load{lanes: 50, events: 15, dribbling: 50, malformed: 300},
			load{lanes: 200, events: 300, every: 200 * time.Millisecond, dribbling: 500, malformed: 10_000}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, l := serve.Config{Engine: engine}, tt.quick
			if os.Getenv("TILLWISE_SOAK") == "full" {
				compiled, err := host.New(t.Context(), host.Config{})
				require.NoError(t, err)
				t.Cleanup(func() { require.NoError(t, compiled.Close(context.Background())) })
				require.NoError(t, compiled.Compile(t.Context()))
				c.Engine, l = compiled, tt.full
			}
			l.bear(t, c)
		})
	}
}

func (l load) bear(t *testing.T, c serve.Config) {
	dir := t.TempDir()
	c.State = filepath.Join(dir, "state")
	records := journal.New(journal.Config{Dir: filepath.Join(dir, "journal"), Store: "0412"})
	c.Journal = records
	var lanes []*lane
	t.Run("work", func(t *testing.T) { // the server ends with it
		_, address := listening(t, c)
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: l.lanes}}
		t.Cleanup(client.CloseIdleConnections)
		if l.dribbling > 0 {
			dribble(t, address, l.dribbling)
		}
		for n := range l.lanes {
			lanes = append(lanes, &lane{n: n, address: address, client: client})
		}
		began := time.Now()
		var hostile sync.WaitGroup
		hostile.Go(func() { l.annoy(t, address) })
		l.run(t, lanes, l.events/4, began)
		early := heap()
		l.run(t, lanes, l.events, began)
		took := time.Since(began)
		late := heap()
		hostile.Wait()
		report(t, lanes, took, early, late)
		require.Less(t, late-early, int64(24<<20), "memory has grown")
		if l.every > 0 {
			require.Less(t, took, time.Duration(l.events)*l.every*21/20, "it cannot keep up")
		}
		for _, lane := range lanes {
			lane.check(t)
		}
	})
	require.NoError(t, records.Close())
	reports, err := journal.Check(filepath.Join(dir, "journal"))
	require.NoError(t, err)
	require.Zero(t, journal.ExitCode(reports, nil))
	var whole int64
	for _, r := range reports {
		whole += int64(r.Whole)
	}
	require.GreaterOrEqual(t, whole, int64(l.lanes*l.events), "each event has its record")

	c.Journal = nil
	_, address := listening(t, c)
	for _, lane := range lanes {
		lane.address = address
		lane.check(t)
	}
}

// run has every lane post until it has posted so many events, each at its time.
func (l load) run(t *testing.T, lanes []*lane, events int, began time.Time) {
	var all sync.WaitGroup
	for i, lane := range lanes {
		all.Go(func() {
			first := began.Add(l.every * time.Duration(i) / time.Duration(len(lanes)))
			for len(lane.took) < events {
				due := time.Now()
				if l.every > 0 {
					due = first.Add(l.every * time.Duration(len(lane.took)))
					time.Sleep(time.Until(due))
				}
				if err := lane.post(); err != nil {
					t.Error(err)
					return
				}
				lane.took = append(lane.took, time.Since(due))
			}
		})
	}
	all.Wait()
}

func report(t *testing.T, lanes []*lane, took time.Duration, early, late int64) {
	var all []time.Duration
	unkept := 0
	for _, lane := range lanes {
		all = append(all, lane.took...)
		unkept += lane.unkept
	}
	t.Logf("%d events of %d lanes in %v, %.0f a second: half within %v, 99 %% within %v, 99.9 %% within %v, all within %v; %d not kept at once; heap %d KiB after a quarter and %d at the end",
		len(all), len(lanes), took.Round(time.Millisecond), float64(len(all))/took.Seconds(), share(all, 0.5).Round(time.Microsecond),
		share(all, 0.99).Round(time.Microsecond), share(all, 0.999).Round(time.Microsecond), share(all, 1).Round(time.Microsecond), unkept, early>>10, late>>10)
}

// lane posts what happens in its sales, and knows what each must show.
type lane struct {
	n       int
	address string
	client  *http.Client
	took    []time.Duration // for each event, from when it was due
	unkept  int             // that were answered before they were on the disk

	sales []shows
	step  int // of the last sale
}

// shows is the card that a sale shows.
type shows struct {
	ref    string
	doubt  bool
	closed bool
}

// steps are what happens in a sale: a payment that is lost, and found. One sale
// in five has no end.
var steps = []struct{ event, card string }{
	{`"exchange":{"operation":"authorization","call":"a-1","request":{"amount":"1249.00","auto_capture":true},"status":0,"failure":"pending"}`, "working_payment"},
	{`"exchange":{"operation":"authorization","call":"a-1","request":{"amount":"1249.00","auto_capture":true},"status":0,"failure":"timeout"}`, "no_reply_payment"},
	{`"exchange":{"operation":"authorizations","status":200,"body":"[]","found":[]}`, "found_none"},
	{`"exchange":{"operation":"authorizations","status":200,"body":"[{\"status\":\"captured\"}]","found":[{"state":"captured","amount":"1249.00","id":"4700000000000001"}]}`, "found_captured"},
	{`"action":"finish_sale"`, "sale_finished"},
}

func (l *lane) sale(n int) string { return fmt.Sprintf("L%d-%d", l.n, n) }

// post posts the lane's next event.
func (l *lane) post() error {
	if last := len(l.sales) - 1; last < 0 || l.sales[last].closed || (l.n+last)%5 == 4 && l.sales[last].doubt {
		l.sales, l.step = append(l.sales, shows{}), 0
	}
	n := len(l.sales) - 1
	body := fmt.Sprintf(`{"v":1,"at":%d,"event_id":"%d","sale_id":%q,"lane":"%d",%s}`, 1795530727000+int64(len(l.took)), len(l.took), l.sale(n), l.n, steps[l.step].event)
	r, err := l.client.Post("http://"+l.address+"/v1/events", "application/json", strings.NewReader(body))
	if err != nil {
		return err
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	var a struct {
		Prompt   plugin.Prompt
		Decision plugin.Decision
	}
	if err != nil || r.StatusCode != http.StatusOK || json.Unmarshal(text, &a) != nil || a.Decision.Card.String() != steps[l.step].card {
		return fmt.Errorf("%s, step %d: %v, %d, %s %.400s", l.sale(n), l.step, err, r.StatusCode, a.Decision.Card, text)
	}
	if r.Header.Get("Tillwise-Kept") != "" {
		l.unkept++
	}
	l.step++
	l.sales[n] = shows{a.Prompt.Ref, a.Decision.Doubt, l.step == len(steps)}
	return nil
}

// check asks for each sale: those that have ended may be let go of.
func (l *lane) check(t *testing.T) {
	for n, want := range l.sales {
		r, err := l.client.Get("http://" + l.address + "/v1/sales/" + l.sale(n))
		require.NoError(t, err)
		var a struct{ Prompt plugin.Prompt }
		if text, err := io.ReadAll(r.Body); !want.closed || r.StatusCode == http.StatusOK {
			require.NoError(t, err)
			require.Equal(t, http.StatusOK, r.StatusCode, "%s is gone", l.sale(n))
			require.NoError(t, json.Unmarshal(text, &a))
			require.Equal(t, want.ref, a.Prompt.Ref, l.sale(n))
		}
		require.NoError(t, r.Body.Close())
	}
}

// rubbish are requests that no program should send, and none may be answered with a card.
var rubbish = []string{
	"GARBAGE\r\n\r\n", "POST /v1/events HTTP/9.9\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "POST /v1/events HTTP/1.1\r\n\r\n",
	"POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nno colon here\r\n\r\n",
	"GET /v1/sales HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + strings.Repeat("x", 32<<10) + "\r\n\r\n",
	"GET /v1/sales?open=1 HTTP/1.1\r\nHost: till.attacker.example\r\n\r\n", "GET /v1/sales?open=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://attacker.example\r\n\r\n",
	"DELETE /v1/sales/S-1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "GET /etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "GET /v1/sales/%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
	"POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}",
	head + "Content-Length: 5\r\n\r\nnever", head + "Content-Length: 2\r\n\r\n{}", head + "Content-Length: 999999999\r\n\r\n{\"v\":1", head + "Content-Length: -1\r\n\r\n",
	head + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", head + "Transfer-Encoding: gzip\r\n\r\n{}",
	head + "Content-Length: 512\r\n\r\n" + strings.Repeat("[", 512), head + fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(lost)+9, lost),
}

// annoy sends what is malformed, and hears why.
func (l load) annoy(t *testing.T, address string) {
	for n := range l.malformed {
		if l.every > 0 {
			time.Sleep(l.every * time.Duration(l.events) / time.Duration(l.malformed) / 2)
		}
		text := rubbish[n%len(rubbish)]
		if status, err := raw(address, text); err != nil || status < 400 || status == http.StatusInternalServerError {
			t.Errorf("%.80q: %d, %v", text, status, err)
		}
	}
}

// raw sends bytes, and nothing after them. It gives the status of what comes.
func raw(address, text string) (int, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, text); err != nil {
		return 0, err
	}
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		return 0, err
	}
	r, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0, err
	}
	return r.StatusCode, r.Body.Close()
}
