package tap

import (
	"crypto/tls"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// While Flexiti is not reached yet: beside the tap a POS that gives up then has sent
// nothing, and behind it nothing is sent either.
func TestThePOSGivesUpBeforeFlexitiIsReached(t *testing.T) {
	tests := []struct {
		name string
		end  func(*net.TCPConn)
	}{
		{"closed", func(c *net.TCPConn) { c.Close() }},
		{"reset", func(c *net.TCPConn) { c.SetLinger(0); c.Close() }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, up := newAuthority(t), newDoors(t) // it never speaks TLS
			r := newRig(t, setting{upstream: up.url, change: towards(up.url, a.pool)})
			pos, other := up.meet(t, r.addr)
			defer other.Close()
			_, err := io.WriteString(pos, ask("POST", "authorization", ours, sofa))
			require.NoError(t, err)
			require.Equal(t, plugin.MoneyUnknown, r.card(t).Decision.Money)
			tt.end(pos)
			require.Equal(t, plugin.MoneyNotMoved, r.card(t).Decision.Money)
			r.end()
			require.Equal(t, "ours 1: POST authorization 1249.00 lost cancelled, sent no", r.lines()[1])
			got, _ := io.ReadAll(other)
			require.NotContains(t, string(got), "authorization")
		})
	}
}

// What came before Flexiti was reached leaves in its order, however much it is, and of
// a POS that has closed only its half, too.
func TestWhatCameBeforeFlexitiWasReached(t *testing.T) {
	a, up := newAuthority(t), newDoors(t)
	r := newRig(t, setting{upstream: up.url, change: towards(up.url, a.pool)})
	pos, other := up.meet(t, r.addr)
	defer pos.Close()
	large := ask("POST", "apply", ours, strings.Repeat("0123456789", 3*maxHeld/10)) + ask("POST", "authorization", ours, sofa)
	go func() {
		_, _ = io.WriteString(pos, large)
		_ = pos.CloseWrite()
	}()
	require.Eventually(t, func() bool { return r.held() >= maxHeld }, 20*time.Second, time.Millisecond)
	server := tls.Server(other, &tls.Config{Certificates: []tls.Certificate{a.sign(t, "posapi.flexiti.fi", time.Hour)}})
	got, err := io.ReadAll(server)
	require.NoError(t, err)
	require.True(t, large == string(got))
	no := answer(409, "", "") + answer(409, "", refused)
	_, err = io.WriteString(server, no)
	require.NoError(t, err)
	require.NoError(t, server.Close())
	back, err := io.ReadAll(pos)
	require.NoError(t, err)
	require.Equal(t, no, string(back))
}

// held gives how much waits for Flexiti to be reached.
func (r *rig) held() (n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for ln := range r.Tap.lines {
		ln.early.mu.Lock()
		n += len(ln.early.held)
		ln.early.mu.Unlock()
	}
	return n
}
