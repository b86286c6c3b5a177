package settings

import (
	"crypto/tls"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/plugin"
)

// Service is what the till's HTTP service needs. It is in no policy and no
// record, and the module never gets it.
type Service struct {
	Token       string            // that the POS must send as a bearer token; empty: none
	TLSCert     string            // a file in PEM; empty: the service speaks plain HTTP
	TLSKey      string            // its key
	Supervisors map[string]string // who may settle, and what HashPIN made of their PIN; empty: anybody may
}

// reader reads the keys of one table.
type reader struct {
	name  string
	table map[string]any
	known []string
	found Mistakes
}

func newReader(name string, value any) *reader {
	r := &reader{name: name}
	var ok bool
	if r.table, ok = value.(map[string]any); !ok {
		r.found = Mistakes{{Path: name, What: name + " must be a table"}}
	}
	return r
}

func (r *reader) must(key, want string) {
	path := r.name + "." + key
	r.found = append(r.found, Mistake{Path: path, What: path + " must be " + want})
}

// text reads a text that is good, or says what it must be.
func (r *reader) text(key string, good func(string) bool, want string) string {
	r.known = append(r.known, key)
	value, given := r.table[key]
	text, ok := value.(string)
	if given && (!ok || !good(text)) {
		r.must(key, want)
		return ""
	}
	return text
}

func (r *reader) flag(key string) bool {
	r.known = append(r.known, key)
	value, given := r.table[key]
	flag, ok := value.(bool)
	if given && !ok {
		r.must(key, "true or false")
	}
	return flag
}

// end gives all mistakes, keys that were not asked for among them.
func (r *reader) end() Mistakes {
	for key := range r.table {
		if !slices.Contains(r.known, key) {
			r.found = append(r.found, unknown(r.name+"."+key, r.known...))
		}
	}
	return r.found
}

func (t *Till) read(value any) Mistakes {
	r := newReader("till", value)
	const plain = "at most 64 letters, digits, dots, underscores and dashes"
	t.Store = r.text("store", journal.PlainName[string], plain)
	t.Lane = r.text("lane", journal.PlainName[string], plain)
	t.Language = plugin.Lang(r.text("language", func(s string) bool {
		return s == "" || s == string(plugin.English) || s == string(plugin.French)
	}, `"en-CA" or "fr-CA"`))
	t.Contrast, t.Touch = r.flag("contrast"), r.flag("touch")
	return r.end()
}

func (s *Service) read(value any, dir string) Mistakes {
	r := newReader("service", value)
	any := func(string) bool { return true }
	path := func(key string) string {
		file := r.text(key, any, "the path of a file")
		if file != "" && !filepath.IsAbs(file) {
			file = filepath.Join(dir, file)
		}
		return file
	}
	if file := path("token_file"); file != "" {
		var wrong string
		if s.Token, wrong = readToken(file); wrong != "" {
			r.must("token_file", wrong)
		}
	}
	s.TLSCert, s.TLSKey = path("tls_cert"), path("tls_key")
	if s.TLSCert != "" || s.TLSKey != "" {
		checkCertificate(r, s.TLSCert, s.TLSKey)
	}
	r.known = append(r.known, "supervisors")
	if value, given := r.table["supervisors"]; given {
		r.found.add(s.readSupervisors(value))
	}
	return r.end()
}

var label = regexp.MustCompile(`^[\pL\d .'_-]{1,24}$`)

func (s *Service) readSupervisors(value any) (found Mistakes) {
	const name = "service.supervisors"
	table, ok := value.(map[string]any)
	if !ok {
		return Mistakes{{Path: name, What: name + " must be a table"}}
	}
	s.Supervisors = map[string]string{}
	for who, value := range table {
		hash, _ := value.(string)
		digits := strings.IndexFunc(who, func(r rune) bool { return r >= '0' && r <= '9' }) >= 0 && strings.Count(strings.Map(onlyDigits, who), "0") > 6
		switch {
		case !label.MatchString(who) || digits:
			found = append(found, Mistake{Path: name, What: name + " must name each by at most 24 letters, with no more than 6 digits"})
		case !isHash(hash):
			found = append(found, Mistake{Path: name + "." + who, What: name + " must give for each what `tillwise settings pin` prints"})
		}
		s.Supervisors[who] = hash
	}
	return found
}

func onlyDigits(r rune) rune {
	if r >= '0' && r <= '9' {
		return '0'
	}
	return -1
}

// checkCertificate looks at a certificate and its key as who connects will: one
// that has ended is no use to anybody, and a key that others can read is no secret.
func checkCertificate(r *reader, cert, key string) {
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		r.must("tls_cert", "a certificate in PEM, and tls_key its key, in files that can be read")
		return
	}
	const day = "2006-01-02"
	switch leaf, now := pair.Leaf, time.Now(); {
	case now.After(leaf.NotAfter):
		r.must("tls_cert", fmt.Sprintf("a certificate that has not ended: this one did on %s; get a new one", leaf.NotAfter.Format(day)))
	case now.Before(leaf.NotBefore):
		r.must("tls_cert", fmt.Sprintf("a certificate that has begun: this one does on %s; see that the clock is right", leaf.NotBefore.Format(day)))
	}
	if wrong := readByOthers(key); wrong != "" {
		r.must("tls_key", wrong)
	}
}

// readByOthers says what a file with a secret must be, where others can read it.
func readByOthers(path string) (wrong string) {
	if info, err := os.Stat(path); err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return fmt.Sprintf("a file that nobody else can read: chmod 600 %s", filepath.Base(path))
	}
	return ""
}

// readToken reads the token, or says what its file must be.
func readToken(path string) (token, wrong string) {
	text, err := readFile(path)
	if err != nil {
		return "", "a plain file that can be read"
	}
	if wrong := readByOthers(path); wrong != "" {
		return "", wrong
	}
	token = strings.TrimSpace(text)
	if len(token) < 16 || len(token) > 200 || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return "", "a file that holds one token of 16 to 200 letters, digits and signs"
	}
	return token, ""
}
