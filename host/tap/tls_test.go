package tap

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"math/big"
	"net"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// authority signs certificates for a test.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pool *x509.CertPool
}

func newAuthority(t *testing.T) authority {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "a test's own"}, NotBefore: time.Now().Add(-48 * time.Hour),
		NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	cert, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	a := authority{cert, key, x509.NewCertPool()}
	a.pool.AddCert(cert)
	return a
}

// sign gives a certificate for a name that is good for so long from now.
func (a authority) sign(t *testing.T, name string, valid time.Duration) tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: big.NewInt(2), DNSNames: []string{name},
		NotBefore: time.Now().Add(-24 * time.Hour), NotAfter: time.Now().Add(valid)}, a.cert, &key.PublicKey, a.key)
	require.NoError(t, err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// secure is an upstream with a certificate, that answers each request with one reply.
func secure(t *testing.T, cert tls.Certificate, reply string) string {
	return upstream(t, func(c *net.TCPConn) {
		s := tls.Server(c, &tls.Config{Certificates: []tls.Certificate{cert}, NextProtos: []string{"h2", "http/1.1"}})
		defer s.Close()
		if s.Handshake() != nil || s.ConnectionState().NegotiatedProtocol != "http/1.1" {
			return
		}
		for buf := make([]byte, 4096); ; {
			if _, err := s.Read(buf); err != nil {
				return
			}
			if _, err := io.WriteString(s, reply); err != nil {
				return
			}
		}
	})
}

// towards makes a tap dial a test's own address for Flexiti's name.
func towards(url string, roots *x509.CertPool) func(*Tap) {
	return func(t *Tap) {
		up, err := ParseUpstream("https://posapi.flexiti.fi", url[len("http://"):])
		if err != nil {
			panic(err)
		}
		up.tls.RootCAs = roots
		t.config.Upstream = up
	}
}

func TestTLSOnBothSides(t *testing.T) {
	a := newAuthority(t)
	no := answer(409, "", refused)
	url := secure(t, a.sign(t, "posapi.flexiti.fi", time.Hour), no)
	own := a.sign(t, "posapi.flexiti.fi", time.Hour)
	r := newRig(t, setting{upstream: url, change: towards(url, a.pool), listener: func(l net.Listener) net.Listener {
		return tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{own}, NextProtos: []string{"http/1.1"}})
	}})
	c, err := tls.Dial("tcp", r.addr, &tls.Config{RootCAs: a.pool, ServerName: "posapi.flexiti.fi", NextProtos: []string{"h2", "http/1.1"}})
	require.NoError(t, err)
	defer c.Close()
	require.Equal(t, no, say(t, c, ask("POST", "authorization", ours, sofa), len(no)))
	require.Equal(t, plugin.CardWorkingPayment, r.card(t).Decision.Card)
	require.Equal(t, plugin.CardCreditExceeded, r.card(t).Decision.Card)
	require.NoError(t, c.CloseWrite())
	_, err = c.Read(make([]byte, 1))
	require.ErrorIs(t, err, io.EOF, "the end passes both ways")
}

// The first thing that goes wrong where a tap is put in is said.
func TestAPOSThatDoesNotTrustTheCertificate(t *testing.T) {
	a := newAuthority(t)
	tests := []struct {
		name, want string
		say        func(net.Conn)
	}{
		{"it does not trust it", "bad certificate", func(c net.Conn) {
			require.Error(t, tls.Client(c, &tls.Config{ServerName: "posapi.flexiti.fi", RootCAs: x509.NewCertPool()}).Handshake())
		}},
		{"it speaks no TLS", "does not look like a TLS handshake", func(c net.Conn) {
			_, err := io.WriteString(c, ask("POST", "authorization", ours, sofa))
			require.NoError(t, err)
			_, _ = io.Copy(io.Discard, c)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, setting{upstream: echoing(t, ""), listener: func(l net.Listener) net.Listener {
				return tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{a.sign(t, "posapi.flexiti.fi", time.Hour)}})
			}})
			c := dial(t, r.addr)
			tt.say(c)
			c.Close()
			r.end()
			require.EqualValues(t, 1, r.Counts().Unsecured)
			require.Contains(t, r.log.String(), tt.want)
		})
	}
}

func TestAPOSThatSpeaksTLSToATapWithoutACertificate(t *testing.T) {
	r := newRig(t, setting{upstream: echoing(t, answer(400, "", "plain"))})
	c := dial(t, r.addr)
	require.Error(t, tls.Client(c, &tls.Config{ServerName: "posapi.flexiti.fi"}).Handshake())
	c.Close()
	r.end()
	require.EqualValues(t, 1, r.Counts().Unread)
	require.Contains(t, r.log.String(), "the requests are TLS, for which the store's settings have no certificate")
	require.Empty(t, r.lines())
}

// Whoever cannot be reached has been sent nothing: the card says so, and the POS gets
// what it would get of an upstream that goes away.
func TestNobodyIsThere(t *testing.T) {
	a, stranger := newAuthority(t), newAuthority(t)
	gone := newDoors(t)
	gone.Close()
	tests := []struct {
		name, url string
		want      plugin.Failure
		says      string
	}{
		{"refused", gone.url, plugin.FailureRefused, "refused"},
		{"an expired certificate", secure(t, a.sign(t, "posapi.flexiti.fi", -time.Hour), ""), plugin.FailureTLS, "expired"},
		{"another's certificate", secure(t, a.sign(t, "example.com", time.Hour), ""), plugin.FailureTLS, "not posapi.flexiti.fi"},
		{"a certificate that nobody vouches for", secure(t, stranger.sign(t, "posapi.flexiti.fi", time.Hour), ""), plugin.FailureTLS, "unknown authority"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, setting{upstream: tt.url, change: towards(tt.url, a.pool)})
			require.ErrorContains(t, r.config.Upstream.Check(t.Context(), 0), tt.says)
			c := dial(t, r.addr)
			_, err := io.WriteString(c, ask("POST", "authorization", ours, sofa))
			require.NoError(t, err)
			_, err = io.ReadAll(c)
			require.Error(t, err, "no end that could be taken for one that was meant")
			require.False(t, errors.Is(err, io.EOF))
			require.Equal(t, plugin.MoneyUnknown, r.card(t).Decision.Money, "while it is tried")
			require.Equal(t, plugin.MoneyNotMoved, r.card(t).Decision.Money)
			r.end()
			last := r.events()[1].Exchange
			require.Equal(t, tt.want, last.Failure)
			require.Equal(t, plugin.SentNo, last.Sent)
			require.EqualValues(t, 1, r.Counts().Unreached)
		})
	}
}

func TestATapThatIsItsOwnUpstream(t *testing.T) {
	up := newDoors(t)
	r := newRig(t, setting{upstream: up.url})
	_, port, err := net.SplitHostPort(r.addr)
	require.NoError(t, err)
	n, err := strconv.Atoi(port)
	require.NoError(t, err)
	for _, dial := range []string{"", "0.0.0.0:" + port, "[::ffff:127.0.0.1]:" + port} {
		own, err := ParseUpstream("http://"+r.addr, dial)
		require.NoError(t, err)
		require.ErrorIs(t, own.Check(t.Context(), n), errLoop)
	}
	require.Zero(t, r.Counts().Connections, "it is not even dialled: each connection would bring another, without end")
}

func TestParseUpstream(t *testing.T) {
	tests := []struct{ name, url, dial, want string }{
		{"production", "https://posapi.flexiti.fi", "", ""},
		{"a slash", "https://posapi.flexiti.fi/", "", ""},
		{"a port", "https://posapi.flexiti.fi:8443", "", ""},
		{"the simulator", "http://127.0.0.1:7412", "", ""},
		{"an address to dial", "https://posapi.flexiti.fi", "192.0.2.1:443", ""},
		{"nothing", "", "", "--upstream must be a URL such as https://posapi.flexiti.fi"},
		{"no scheme", "posapi.flexiti.fi", "", "--upstream must be a URL"},
		{"no host", "https://", "", "--upstream must be a URL"},
		{"another scheme", "ftp://posapi.flexiti.fi", "", "must begin with https://"},
		{"a path", "https://posapi.flexiti.fi/flexiti/pos-api/", "", "scheme and host only, https://posapi.flexiti.fi"},
		{"a name and a password", "https://me:hunter2@posapi.flexiti.fi", "", "scheme and host only"},
		{"plain over the network", "http://posapi.flexiti.fi", "", "plain text"},
		{"no port to dial", "https://posapi.flexiti.fi", "192.0.2.1", "--dial must be a host and a port"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseUpstream(tt.url, tt.dial)
			if tt.want == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, tt.want)
			require.NotContains(t, err.Error(), "hunter2")
		})
	}
}

func TestFailureOf(t *testing.T) {
	tests := []struct {
		name string
		err  error
		want plugin.Failure
	}{
		{"an end", io.EOF, plugin.FailureReset},
		{"a name that nobody has", &net.DNSError{Err: "no such host", Name: "tls-timeout.invalid", IsNotFound: true}, plugin.FailureDNS},
		{"a name server that is slow", &net.DNSError{Err: "i/o timeout", IsTimeout: true}, plugin.FailureDNS},
		{"silence", &net.OpError{Op: "dial", Err: errSlow{}}, plugin.FailureTimeout},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, failureOf(tt.err)) })
	}
}

type errSlow struct{ error }

func (errSlow) Timeout() bool   { return true }
func (errSlow) Temporary() bool { return true }
func (errSlow) Error() string   { return "slow" }
