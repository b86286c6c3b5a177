package main

import (
	"crypto/tls"
	"io"
	"net"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// busy puts a loopback address that somebody listens on into a variable.
func busy(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: busy NAME")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { l.Close() })
	ts.Setenv(args[0], l.Addr().String())
}

// certificate makes a certificate for loopback and its key that is good for so long.
func certificate(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: certificate NAME DURATION")
	}
	good, err := time.ParseDuration(args[1])
	ts.Check(err)
	ts.Check(writeCertificate(ts.MkAbs(args[0]), time.Now().Add(good)))
}

// upstream puts the address of a server with that certificate into a variable.
func upstream(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: upstream CERTIFICATE NAME")
	}
	cert, err := tls.LoadX509KeyPair(ts.MkAbs(args[0]+".pem"), ts.MkAbs(args[0]+".key"))
	ts.Check(err)
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{cert}})
	ts.Check(err)
	ts.Defer(func() { l.Close() })
	ts.Setenv(args[1], l.Addr().String())
	go func() {
		for conn, err := l.Accept(); err == nil; conn, err = l.Accept() {
			go func() {
				_, _ = io.Copy(io.Discard, conn) // the handshake, and whatever comes
				conn.Close()
			}()
		}
	}()
}

// connect connects to an address, as soon as somebody listens, and waits until that
// one has closed the connection.
func connect(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: connect ADDRESS")
	}
	conn, err := net.Dial("tcp", args[0])
	for err != nil { // it is still starting; go test's own limit ends a wait in vain
		conn, err = net.Dial("tcp", args[0])
	}
	_, _ = io.Copy(io.Discard, conn)
	ts.Check(conn.Close())
}
