package journal

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// NewKey gives a key for HideID, from the system's randomness. Whoever does
// not store it anywhere makes the hidden ids impossible to undo.
func NewKey() []byte {
	key := make([]byte, 32)
	rand.Read(key) // never fails
	return key
}

// HideID gives a sale id that tells sales apart as id does, and tells nothing
// else to those who do not have the key.
func HideID(key []byte, id string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id))
	return "h-" + strings.ToLower(base32.StdEncoding.EncodeToString(mac.Sum(nil)[:15]))
}
