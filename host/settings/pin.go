package settings

import (
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

const (
	hashName   = "pbkdf2-sha256"
	iterations = 300_000 // some 60 ms, for whoever may ask and for whoever tries all
	saltSize   = 16
)

// ErrPIN is why a PIN is none.
var ErrPIN = errors.New("a PIN must be 4 to 12 digits, not all the same and not in a row")

// HashPIN gives what stands in the settings for a PIN: salted, and slow to try.
func HashPIN(pin string) (string, error) {
	if !goodPIN(pin) {
		return "", ErrPIN
	}
	salt := make([]byte, saltSize)
	rand.Read(salt) // never fails
	return hashPIN(pin, salt, iterations)
}

func hashPIN(pin string, salt []byte, times int) (string, error) {
	key, err := pbkdf2.Key(sha256.New, pin, salt, times, sha256.Size)
	if err != nil {
		return "", fmt.Errorf("hashing the PIN: %w", err)
	}
	b := base64.RawStdEncoding
	return strings.Join([]string{hashName, strconv.Itoa(times), b.EncodeToString(salt), b.EncodeToString(key)}, "$"), nil
}

func goodPIN(pin string) bool {
	if len(pin) < 4 || len(pin) > 12 || strings.Trim(pin, "0123456789") != "" {
		return false
	}
	for _, step := range []int{0, 1, -1} {
		run := true
		for i := 1; i < len(pin); i++ {
			run = run && int(pin[i])-int(pin[i-1]) == step
		}
		if run {
			return false
		}
	}
	return true
}

// parts takes a hash apart.
func parts(hash string) (times int, salt []byte, ok bool) {
	p := strings.Split(hash, "$")
	if len(p) != 4 || p[0] != hashName {
		return 0, nil, false
	}
	times, err := strconv.Atoi(p[1])
	salt, bad := base64.RawStdEncoding.DecodeString(p[2])
	key, worse := base64.RawStdEncoding.DecodeString(p[3])
	return times, salt, errors.Join(err, bad, worse) == nil && times >= 100_000 && times <= 10_000_000 && len(salt) >= 8 && len(key) == sha256.Size
}

func isHash(hash string) bool {
	_, _, ok := parts(hash)
	return ok
}

// Supervisor says whose PIN it is. It looks at all of them, so that how long it
// takes does not tell.
func (s Service) Supervisor(pin string) (who string, ok bool) {
	labels := make([]string, 0, len(s.Supervisors))
	for label := range s.Supervisors {
		labels = append(labels, label)
	}
	slices.Sort(labels)
	for _, label := range labels {
		times, salt, _ := parts(s.Supervisors[label])
		got, err := hashPIN(pin, salt, times)
		if err == nil && subtle.ConstantTimeCompare([]byte(got), []byte(s.Supervisors[label])) == 1 {
			who, ok = label, true
		}
	}
	return who, ok
}
