package serve

import (
	"bytes"
	"cmp"
	"context"
	"log"
	"log/slog"
	"net/http"
	"regexp"
	"slices"
	"time"

	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/plugin"
)

// noted is a reply on its way, with what the log says of it: nothing that came
// from outside but a lane and a sale's name, whose letters are known.
type noted struct {
	http.ResponseWriter
	status     int // 0: none yet
	lane, sale string
	kind       plugin.ErrorKind
}

// Unwrap is for http.ResponseController.
func (n *noted) Unwrap() http.ResponseWriter { return n.ResponseWriter }

func (n *noted) WriteHeader(status int) {
	if n.status == 0 {
		n.status = status
	}
	n.ResponseWriter.WriteHeader(status)
}

func (n *noted) Write(b []byte) (int, error) {
	if n.status == 0 {
		n.status = http.StatusOK
	}
	return n.ResponseWriter.Write(b)
}

// note has the log say whose request it is, and what was wrong with it. What is
// empty leaves what stands.
func note(w http.ResponseWriter, lane, sale string, kind plugin.ErrorKind) {
	n, ok := w.(*noted)
	if !ok {
		return
	}
	n.lane, n.sale, n.kind = cmp.Or(lane, n.lane), cmp.Or(sale, n.sale), cmp.Or(kind, n.kind)
}

var methods = []string{http.MethodGet, http.MethodPost, http.MethodHead, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}

// ourFault is what is said of a failure of ours, with where it was; never with its
// value, which may hold anything.
const ourFault = "the till failed on a request: report this"

// told writes a request into the log, once it is over. Questions that were answered are
// told at the level of debugging only, since whoever waits for something asks without end.
func (s *Server) told(method, route string, n *noted, began time.Time) {
	level := slog.LevelInfo
	switch {
	case n.status >= 500:
		level = slog.LevelError
	case n.status >= 400, n.kind != "":
		level = slog.LevelWarn
	case method == http.MethodGet:
		level = slog.LevelDebug
	}
	if !s.config.Log.Enabled(context.Background(), level) {
		return
	}
	if !slices.Contains(methods, method) {
		method = "other"
	}
	if route == "" || route == "/" {
		route = "other"
	}
	attrs := []slog.Attr{slog.String("method", method), slog.String("route", route), slog.Int("status", n.status),
		slog.Float64("ms", float64(time.Since(began).Microseconds())/1000)}
	if n.lane != "" {
		attrs = append(attrs, slog.String("lane", s.logName(n.lane)))
	}
	if n.sale != "" {
		attrs = append(attrs, slog.String("sale", s.logName(n.sale)))
	}
	if n.kind != "" {
		attrs = append(attrs, slog.String("error", string(n.kind)))
	}
	s.config.Log.LogAttrs(context.Background(), level, "request", attrs...)
}

// numberOfSomebody is what a telephone, insurance or account number looks like. A
// date or a counter does not.
var numberOfSomebody = regexp.MustCompile(`\d{9}|\d{3}[-._]\d{3}[-._]\d{3}`)

// logName gives a name for the log: hidden, if it may be somebody's number. A log
// goes further than the journal does.
func (s *Server) logName(name string) string {
	if numberOfSomebody.MatchString(name) || journal.HoldsCardNumber(name) {
		return journal.HideID(s.key, name)
	}
	return name
}

// failures is where net/http writes what goes wrong with a connection. Its lines
// may quote what came, so only the one that somebody can do something about is told.
type failures struct{ log *slog.Logger }

func (f failures) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte("TLS handshake error")) {
		why := "see that the POS trusts the till's certificate, speaks HTTPS, and at least TLS 1.2"
		f.log.Warn("a connection failed before its request", "error", why)
	}
	return len(line), nil
}

func (s *Server) errorLog() *log.Logger { return log.New(failures{s.config.Log}, "", 0) }
