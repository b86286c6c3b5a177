package tap

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

const (
	dialWait  = 30 * time.Second // the system's own limit may be minutes, and a POS gives up sooner
	checkWait = 3 * time.Second
)

// Upstream is where the bytes go: Flexiti, or what stands for it.
type Upstream struct {
	origin  string      // scheme and host, for messages and for telling Flexiti's calls
	address string      // to dial
	tls     *tls.Config // nil: plain
}

// ParseUpstream reads a URL of scheme and host, such as https://posapi.flexiti.fi
// (page 42500680 has Flexiti's). Dial, a host and port, is dialled in place of the
// URL's host, whose name the certificate must still bear; empty: the URL's. Plain
// HTTP is taken for loopback only: the POS's secrets pass through here.
func ParseUpstream(text, dial string) (Upstream, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "" || u.Opaque != "":
		return Upstream{}, errors.New("--upstream must be a URL such as https://posapi.flexiti.fi")
	case u.Scheme != "https" && u.Scheme != "http":
		return Upstream{}, fmt.Errorf("--upstream must begin with https:// (or http:// for this machine), not %s://", u.Scheme)
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.Trim(u.Path, "/") != "":
		return Upstream{}, fmt.Errorf("--upstream takes scheme and host only, %s://%s: paths pass as the POS sends them", u.Scheme, u.Host)
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return Upstream{}, errors.New("--upstream must begin with https://: only on this machine may the POS's secrets travel in plain text")
	}
	port := map[string]string{"https": "443", "http": "80"}[u.Scheme]
	up := Upstream{origin: u.Scheme + "://" + u.Host, address: net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), port))}
	if dial != "" {
		if _, _, err := net.SplitHostPort(dial); err != nil {
			return Upstream{}, fmt.Errorf("--dial must be a host and a port, such as 192.0.2.1:443: %w", err)
		}
		up.address = dial
	}
	if u.Scheme == "https" {
		// HTTP/1.1 is what a tap can follow; it is also all that Flexiti documents.
		up.tls = &tls.Config{ServerName: u.Hostname(), NextProtos: []string{"http/1.1"}, MinVersion: tls.VersionTLS12}
	}
	return up, nil
}

func (u Upstream) String() string { return u.origin }

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback() || strings.EqualFold(host, "localhost")
}

// errLoop is why an upstream is none.
var errLoop = errors.New("its name leads back to the tap itself, perhaps by the hosts file: give the address to dial with --dial")

// dial opens a connection, with TLS and its certificate verified where the URL says
// so. Own is the port that the tap listens on.
func (u Upstream) dial(ctx context.Context, own int) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialWait)
	defer cancel()
	dialer := net.Dialer{Control: func(_, address string, _ syscall.RawConn) error { return notItself(address, own) }}
	raw, err := dialer.DialContext(ctx, "tcp", u.address)
	if err != nil {
		return nil, err
	}
	if u.tls == nil {
		return raw, nil
	}
	conn := tls.Client(raw, u.tls)
	if err := conn.HandshakeContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("tls: %w", err), raw.Close())
	}
	return conn, nil
}

// notItself refuses to dial the tap itself, before it does: a connection that the tap
// takes from itself would have it dial once more, and so on for ever.
func notItself(address string, own int) error {
	there, err := netip.ParseAddrPort(address)
	if err != nil || int(there.Port()) != own {
		return nil
	}
	ours, _ := net.InterfaceAddrs() // where the system does not tell, loopback is ours all the same
	for _, a := range append(ours, &net.IPNet{IP: net.IPv4(127, 0, 0, 1)}, &net.IPNet{IP: net.IPv6loopback}) {
		if n, ok := a.(*net.IPNet); ok && (there.Addr().IsUnspecified() || n.IP.Equal(there.Addr().AsSlice())) {
			return errLoop
		}
	}
	return nil
}

// Check says why the upstream cannot be reached now. Port is the one that the tap is
// to listen on, 0 where that is not known.
func (u Upstream) Check(ctx context.Context, port int) error {
	ctx, cancel := context.WithTimeout(ctx, checkWait)
	defer cancel()
	conn, err := u.dial(ctx, port)
	if err != nil {
		what := "see that the address is right and the network is there"
		if cert := (*tls.CertificateVerificationError)(nil); errors.As(err, &cert) {
			what = "see that the address is right, and this machine's clock; else it is for whoever runs that server"
		}
		return fmt.Errorf("%s cannot be reached now, and until it can a POS gets no connection here; %s: %w", u, what, err)
	}
	conn.Close()
	return nil
}
