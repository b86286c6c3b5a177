package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/host/settings"
)

func TestWhatTheNetworkReachesNeedsATokenAndACertificate(t *testing.T) {
	certified := settings.Service{TLSCert: "till.pem", TLSKey: "till.key"}
	tests := []struct {
		name, address string
		service       settings.Service
		want          string
	}{
		{"every address", ":7411", settings.Service{}, "can be reached from the network"},
		{"every address by its number", "0.0.0.0:7411", settings.Service{}, "can be reached from the network"},
		{"every address of IPv6", "[::]:7411", settings.Service{}, "can be reached from the network"},
		{"a name", "till3.store.example:7411", settings.Service{}, "can be reached from the network"},
		{"a token alone", "0.0.0.0:7411", settings.Service{Token: "abcdefghijklmnop"}, "tls_cert"},
		{"a certificate alone", "0.0.0.0:7411", certified, "token_file"},
		{"no port", "127.0.0.1", settings.Service{}, "must be a host and a port"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := listenOn(t.Context(), tt.address, tt.service)
			require.ErrorContains(t, err, tt.want)
		})
	}
	for _, address := range []string{"127.0.0.1:0", "localhost:0"} {
		l, err := listenOn(t.Context(), address, settings.Service{})
		require.NoError(t, err)
		require.NoError(t, l.Close())
	}
}

// selfSigned makes a certificate for loopback, and gives its files.
func selfSigned(t *testing.T) (cert, key string, roots *x509.CertPool) {
	name := filepath.Join(t.TempDir(), "till")
	require.NoError(t, writeCertificate(name, time.Now().Add(time.Hour)))
	cert, key = name+".pem", name+".key"
	text, err := os.ReadFile(cert)
	require.NoError(t, err)
	roots = x509.NewCertPool()
	require.True(t, roots.AppendCertsFromPEM(text))
	return cert, key, roots
}

// writeCertificate writes a certificate for loopback and its key, to .pem and .key.
func writeCertificate(name string, until time.Time) error {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: until.Add(-24 * time.Hour), NotAfter: until, IsCA: true,
		BasicConstraintsValid: true, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		return err
	}
	secret, err := x509.MarshalECPrivateKey(private)
	return errors.Join(err, os.WriteFile(name+".pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600),
		os.WriteFile(name+".key", pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: secret}), 0o600))
}

func TestATillWithACertificateAndAToken(t *testing.T) {
	const token = "abcdefghijklmnop"
	cert, key, roots := selfSigned(t)
	l, err := listenOn(t.Context(), "127.0.0.1:0", settings.Service{Token: token, TLSCert: cert, TLSKey: key})
	require.NoError(t, err)
	engine, err := host.New(t.Context(), host.Config{})
	require.NoError(t, err)
	defer engine.Close(t.Context())
	server, err := serve.New(serve.Config{Engine: engine, Token: token})
	require.NoError(t, err)
	defer server.Close(t.Context())
	go server.Serve(t.Context(), l)

	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, DisableKeepAlives: true}}
	for _, tt := range []struct {
		name, path, auth string
		want             int
	}{
		{"no token", "/v1/sales?open=1", "", 401},
		{"another", "/v1/sales?open=1", "Bearer abcdefghijklmnoq", 401},
		{"another scheme", "/v1/sales?open=1", "Basic " + token, 401},
		{"the token", "/v1/sales?open=1", "Bearer " + token, 200},
		{"whether it lives", "/healthz", "", 200},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://"+l.Addr().String()+tt.path, nil)
			require.NoError(t, err)
			if tt.auth != "" {
				r.Header.Set("Authorization", tt.auth)
			}
			got, err := client.Do(r)
			require.NoError(t, err)
			require.NoError(t, got.Body.Close())
			require.Equal(t, tt.want, got.StatusCode)
		})
	}
}
