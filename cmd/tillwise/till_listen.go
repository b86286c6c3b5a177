package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"

	"github.com/tillwise/tillwise/host/settings"
)

// addressInUseOnWindows is WSAEADDRINUSE, which syscall.EADDRINUSE is not.
const addressInUseOnWindows = syscall.Errno(10048)

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
	switch {
	case err != nil:
		return nil, err
	case s.TLSCert == "":
		return l, nil
	}
	cert, err := tls.LoadX509KeyPair(s.TLSCert, s.TLSKey)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("reading the till's certificate: %w", err), l.Close())
	}
	return tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}), nil
}

// hostOf gives the host of an address, or says what an address must be.
func hostOf(address, example string) (string, error) {
	name, _, err := net.SplitHostPort(address)
	if err != nil {
		return "", usageError{fmt.Errorf("--listen must be a host and a port, such as %s: %w", example, err)}
	}
	return name, nil
}

// openPort listens at an address; `another` is what may have it already.
func openPort(ctx context.Context, address, another string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE), errors.Is(err, addressInUseOnWindows):
		return nil, fmt.Errorf("%s is in use, perhaps by another %s: end that one, or choose another address with --listen", address, another)
	case err != nil:
		return nil, fmt.Errorf("listening for the POS: %w", err)
	}
	return l, nil
}

// loopback says whether only this machine reaches a host. A name may mean any.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback() || strings.EqualFold(host, "localhost")
}
