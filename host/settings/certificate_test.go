package settings

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// certificate writes one that begins and ends so long from now, with its key.
func certificate(t *testing.T, dir string, begins, ends time.Duration, perm os.FileMode) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(begins), NotAfter: time.Now().Add(ends)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	require.NoError(t, err)
	secret, err := x509.MarshalECPrivateKey(key)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "till.pem"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "till.key"), pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: secret}), 0o600))
	require.NoError(t, os.Chmod(filepath.Join(dir, "till.key"), perm))
}

func TestCertificate(t *testing.T) {
	const day = 24 * time.Hour
	tests := []struct {
		name         string
		begins, ends time.Duration
		perm         os.FileMode
		want         string // empty: it is good
	}{
		{"a good one", -day, day, 0o600, ""},
		{"one that only its owner can read, not write", -day, day, 0o400, ""},
		{"one that has ended", -2 * day, -day, 0o600, "2: service.tls_cert must be a certificate that has not ended: this one did on " +
			time.Now().Add(-day).UTC().Format("2006-01-02") + "; get a new one"},
		{"one that has not begun", day, 2 * day, 0o600, "2: service.tls_cert must be a certificate that has begun: this one does on " +
			time.Now().Add(day).UTC().Format("2006-01-02") + "; see that the clock is right"},
		{"a key that all can read", -day, day, 0o644, "3: service.tls_key must be a file that nobody else can read: chmod 600 till.key"},
		{"a key that a group can read", -day, day, 0o640, "3: service.tls_key must be a file that nobody else can read: chmod 600 till.key"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			certificate(t, dir, tt.begins, tt.ends, tt.perm)
			file := filepath.Join(dir, "store.toml")
			require.NoError(t, os.WriteFile(file, []byte("[service]\ntls_cert = \"till.pem\"\ntls_key = \"till.key\"\n"), 0o600))
			_, err := Read(file)
			if tt.want == "" || runtime.GOOS == "windows" && tt.perm != 0o600 {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err, file+":"+tt.want)
		})
	}
}
