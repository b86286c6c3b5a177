package simulator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// moneyCall is a call that moves money, and what it does to the books.
type moneyCall struct {
	op   plugin.Operation
	make func(d *desk) (path string, body object) // after what it needs has been done
	done func(l Ledger) bool
}

var moneyCalls = []moneyCall{
	{plugin.OpAuthorization, func(d *desk) (string, object) {
		return "authorization", d.purchase("20000001", "sale", "10.00", nil)
	}, func(l Ledger) bool { return l.Taken() == 1000 }},
	{plugin.OpTransactions, func(d *desk) (string, object) {
		return "transactions", object{"transaction_type": "deposit", "amount": "10.00", "account_number": "20000001", "request_id": "sale",
			"verification_code": d.verified("20000001", "sale")}
	}, func(l Ledger) bool { return l.Taken() == 1000 }},
	{plugin.OpCapture, func(d *desk) (string, object) {
		return "authorization/" + d.hold() + "/capture", object{"amount": "10.00"}
	}, func(l Ledger) bool { return l.Taken() == 1000 && l.Held() == 1000 }},
	{plugin.OpRelease, func(d *desk) (string, object) {
		return "authorization/" + d.hold() + "/release", object{"amount": "10.00"}
	}, func(l Ledger) bool { return l.Held() == 1000 }},
	{plugin.OpReturn, func(d *desk) (string, object) {
		id := d.hold()
		c := d.want(http.StatusOK, "authorization/"+id+"/capture", object{"amount": "20.00"})
		return fmt.Sprintf("authorization/%s/capture/%.0f/return", id, c["capture_id"]), object{"amount": "10.00"}
	}, func(l Ledger) bool { return l.Taken() == 1000 }},
	{plugin.OpRefund, func(*desk) (string, object) {
		return "accounts/20000001/refund", object{"amount": "10.00", "reference": "sale"}
	}, func(l Ledger) bool { return l.Taken() == -1000 && len(l.Refunds) == 1 }},
}

// hold holds $20.00, and gives the authorization's number.
func (d *desk) hold() string {
	got := d.want(http.StatusOK, "authorization", d.purchase("20000001", "sale", "20.00", object{"auto_capture": false}))
	return fmt.Sprintf("%.0f", got["authorization_id"])
}

// Each fault, before and after the work, on each call that moves money, over a
// connection and without one: the client sees the fault, the ledger what was
// done, and the next call is answered as if nothing had been.
func TestFaultsDoNotBreakTheBooks(t *testing.T) {
	for _, wired := range []bool{false, true} {
		for _, fault := range Faults() {
			for _, when := range []When{Before, After} {
				for _, call := range moneyCalls {
					t.Run(fmt.Sprintf("%v %s %s %s", wired, fault, when, call.op), func(t *testing.T) {
						t.Parallel()
						d := newDesk(t, Config{})
						if wired {
							d.overAConnection(t)
						}
						path, body := call.make(d)
						before := d.Ledger()
						d.header.Set(FaultHeader, string(fault)+" "+string(when))
						x, err := d.ask(path, body)
						seen(t, fault, when, x, err)

						l := d.Ledger()
						if fault == Slow || when == After {
							require.True(t, call.done(l), "it was not done: %+v", l)
						} else {
							l.At = before.At
							require.Equal(t, before, l, "something was done")
							d.want(http.StatusOK, path, body)
							require.True(t, call.done(d.Ledger()), "the next one was not done")
						}
						d.want(http.StatusOK, "customers/lookup?account_number=20000001", nil)
					})
				}
			}
		}
	}
}

// overAConnection puts a real connection between the till and the simulator. The
// till's patience ends as soon as the simulator falls silent.
func (d *desk) overAConnection(t *testing.T) {
	var mu sync.Mutex
	var conns []net.Conn
	d.Simulator.wait = func(ctx context.Context, wait time.Duration) error {
		if wait == silence {
			mu.Lock()
			for _, conn := range conns {
				_ = conn.SetReadDeadline(time.Unix(1, 0))
			}
			mu.Unlock()
			<-ctx.Done()
		}
		return ctx.Err()
	}
	server := httptest.NewServer(d.Simulator)
	t.Cleanup(server.Close)
	d.url, d.http = server.URL, server.Client()
	d.http.Transport.(*http.Transport).DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, address)
		mu.Lock()
		defer mu.Unlock()
		conns = append(conns, conn)
		return conn, err
	}
}

// seen holds what a till sees to the fault.
func seen(t *testing.T, fault Fault, when When, x plugin.Exchange, err error) {
	switch fault {
	case Slow:
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, x.Status)
	case Reset:
		if runtime.GOOS != "windows" {
			require.ErrorIs(t, err, syscall.ECONNRESET)
		}
		require.Zero(t, x.Status)
	case Silent:
		var slow net.Error
		require.ErrorAs(t, err, &slow)
		require.True(t, slow.Timeout(), "%v", err)
	case Cut:
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
		require.Equal(t, http.StatusOK, x.Status)
	case Length:
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, x.Status)
		require.Equal(t, plugin.MoneyUnknown, decided(x).Money, x.Body)
	case HTML:
		require.NoError(t, err)
		require.Equal(t, http.StatusBadGateway, x.Status)
		require.Contains(t, x.Body, "<html>")
	}
}

func TestFaultHeaders(t *testing.T) {
	tests := []struct{ name, header, want string }{
		{"none of them", "explode", `there is no fault "explode" (there are: slow, reset, cut, silent, html, length)`},
		{"another word", "reset later", `"later" is neither before nor after`},
		{"a time that is no slow answer's", "reset 3s", `"3s" is neither before nor after`},
		{"too long", "slow 2h", "wait is at most an hour"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t, Config{})
			d.header.Set(FaultHeader, tt.header)
			x, err := d.ask("authorizations", nil)
			require.NoError(t, err)
			require.Equal(t, http.StatusBadRequest, x.Status)
			require.Contains(t, x.Body, tt.want)
		})
	}
	t.Run("both at once", func(t *testing.T) {
		d := newDesk(t, Config{})
		d.header.Set(FaultHeader, "reset")
		d.header.Set(AnswerHeader, "any/401/invalid_token")
		x, err := d.ask("authorizations", nil)
		require.NoError(t, err)
		require.Contains(t, x.Body, "a step has an answer or a fault, not both")
	})
}

// A slow answer takes its time by the one clock, and ends with the client.
func TestASlowAnswer(t *testing.T) {
	d := newDesk(t, Config{})
	d.header.Set(FaultHeader, "slow before 90s")
	_, err := d.ask("authorizations", nil)
	require.NoError(t, err)
	require.Equal(t, 90*time.Second, d.now.Sub(start))

	gone := errors.New("gone")
	d.Simulator.wait = func(context.Context, time.Duration) error { return gone }
	for _, tt := range []struct {
		when string
		want int64
	}{{"before", 0}, {"after", 1000}} {
		body := d.purchase("20000001", "sale", "10.00", nil)
		d.header.Set(FaultHeader, "slow "+tt.when)
		_, err = d.ask("authorization", body)
		require.ErrorIs(t, err, gone)
		require.Equal(t, tt.want, d.Ledger().Taken(), "the client went away %s the work", tt.when)
	}
}

// Over a connection, a simulator that ends while an answer is slow says nothing.
func TestASlowAnswerThatIsGivenUp(t *testing.T) {
	d := newDesk(t, Config{})
	d.overAConnection(t)
	d.Simulator.wait = func(context.Context, time.Duration) error { return context.Canceled }
	d.header.Set(FaultHeader, "slow before")
	x, err := d.ask("authorizations", nil)
	require.ErrorIs(t, err, io.EOF)
	require.Zero(t, x.Status)
}

// Clients that send half a request, or leave at once, leave no half of anything.
func TestClientsThatGoAway(t *testing.T) {
	d := newDesk(t, Config{})
	server := httptest.NewServer(d.Simulator)
	body := d.purchase("20000001", "sale", "10.00", nil)
	raw := good(body).body
	head := fmt.Sprintf("POST %sv2.5.1/client-id/sim-store/authorization HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n",
		base, d.token, len(raw))
	for n := 0; n < len(raw); n += 7 {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		require.NoError(t, err)
		_, err = conn.Write(append([]byte(head), raw[:n]...))
		require.NoError(t, err)
		require.NoError(t, conn.Close())
	}
	server.Close() // which waits for the requests that are under way
	require.Empty(t, d.Ledger().Payments)
	d.want(http.StatusOK, "authorization", body)

	t.Run("too much", func(t *testing.T) {
		w := httptest.NewRecorder()
		d.ServeHTTP(w, httptest.NewRequest(http.MethodPost, base+"v2.5/oauth/token", bytes.NewReader(make([]byte, maxBody+1))))
		require.Equal(t, http.StatusBadRequest, w.Code)
	})
}
