package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"syscall"

	"github.com/tillwise/tillwise/host/settings"
)

// Winsock's numbers, which syscall's names are not: WSAEADDRINUSE, WSAEADDRNOTAVAIL, WSAEACCES.
const (
	addressInUseOnWindows   = syscall.Errno(10048)
	addressNotHereOnWindows = syscall.Errno(10049)
	accessOnWindows         = syscall.Errno(10013)
)

// listenOn opens the address for the POS, with TLS where the store has a
// certificate. Who can post events can say that a payment went through, so an
// address that the network reaches needs a certificate and a token. Errors say what to do.
func listenOn(ctx context.Context, address string, s settings.Service) (net.Listener, error) {
	name, err := hostOf(address, "127.0.0.1:7411")
	if err != nil {
		return nil, err
	}
	if !loopback(name) && (s.Token == "" || s.TLSCert == "") {
		return nil, usageError{fmt.Errorf("%s can be reached from the network: set service.token_file, tls_cert and tls_key in the store's settings, "+
			"or listen on 127.0.0.1", address)}
	}
	l, err := openPort(ctx, address, "till")
	if err != nil {
		return nil, err
	}
	return withTLS(l, s)
}

// withTLS puts TLS before a listener where the store has a certificate; protocols are
// those that ALPN offers, if any.
func withTLS(l net.Listener, s settings.Service, protocols ...string) (net.Listener, error) {
	if s.TLSCert == "" {
		return l, nil
	}
	cert, err := tls.LoadX509KeyPair(s.TLSCert, s.TLSKey)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("reading the till's certificate: %w", err), l.Close())
	}
	return tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{cert}, NextProtos: protocols, MinVersion: tls.VersionTLS12}), nil
}

// hostOf gives the host of an address, or says what an address must be.
func hostOf(address, example string) (string, error) {
	name, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", usageError{fmt.Errorf("--listen must be a host and a port, such as %s: %w", example, err)}
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return "", usageError{fmt.Errorf("--listen must be a host and a port, such as %s: %q is no port from 0 to 65535", example, port)}
	}
	return name, nil
}

// openPort listens at an address; `another` is what may have it already.
func openPort(ctx context.Context, address, another string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE), errors.Is(err, addressInUseOnWindows):
		return nil, fmt.Errorf("%s is in use, perhaps by another %s: end that one, or choose another address with --listen", address, another)
	case errors.Is(err, syscall.EADDRNOTAVAIL), errors.Is(err, addressNotHereOnWindows):
		return nil, fmt.Errorf("%s is no address of this machine, or not yet: choose one of its own with --listen", address)
	case errors.Is(err, syscall.EACCES), errors.Is(err, accessOnWindows):
		return nil, fmt.Errorf("%s may not be listened on here: choose a port above 1023 with --listen", address)
	case err != nil:
		return nil, fmt.Errorf("listening for the POS: %w; choose another address with --listen", err)
	}
	return l, nil
}

// loopback says whether only this machine reaches a host. A name may mean any.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback() || strings.EqualFold(host, "localhost")
}
