package serve

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"mime"
	"net"
	"net/http"
	"path"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// badRequest is the kind of what is wrong with a request, not with its event.
const badRequest plugin.ErrorKind = "bad_request"

// Handler answers requests: what Serve serves, for a host with a server of its own.
func (s *Server) Handler() http.Handler { return s.watched(s.admitted(s.routes())) }

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for at, handle := range map[string]http.HandlerFunc{
		"/v1/sales": s.getSales, "/v1/sales/{id}": s.getSale, "/v1/sales/{id}/actions": s.getActions,
		"/v1/prompts": s.getPrompts, "/v1/catalogue": s.getCatalogue,
		"/healthz": getHealth, "/readyz": s.getReady, "/metrics": s.meters.handler().ServeHTTP,
	} {
		mux.Handle(at, only(http.MethodGet, handle))
	}
	mux.Handle("/v1/events", only(http.MethodPost, s.postEvent))
	mux.HandleFunc("/", noSuchPath)
	return mux
}

func noSuchPath(w http.ResponseWriter, _ *http.Request) {
	refuse(w, http.StatusNotFound, badRequest, "there is POST /v1/events, and GET /v1/sales, /v1/sales/{id}, /v1/sales/{id}/actions, "+
		"/v1/prompts, /v1/catalogue, /healthz, /readyz and /metrics")
}

// tidy says whether a path is written as it is served. Any other the mux would
// answer with a redirect in HTML, which no POS reads.
func tidy(r *http.Request) bool { return path.Clean("/"+r.URL.Path) == r.URL.Path }

// watched ends a request that fails within with a card, whatever failed, and tells
// the log of each.
func (s *Server) watched(next http.Handler) http.Handler {
	return http.HandlerFunc(func(to http.ResponseWriter, r *http.Request) {
		w := &noted{ResponseWriter: to}
		defer func(began time.Time) { s.told(r.Method, r.Pattern, w, began) }(time.Now())
		header := w.Header()
		header.Set("Cache-Control", "no-store")
		header.Set("X-Content-Type-Options", "nosniff")
		defer func() {
			if p := recover(); p != nil {
				s.fell()
				refuse(w, http.StatusInternalServerError, fault.Kind, fault.Detail)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// admitted lets in only who means this till.
func (s *Server) admitted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case s.config.Token != "" && !s.bears(r) && r.URL.Path != "/healthz":
			w.Header().Set("WWW-Authenticate", "Bearer")
			refuse(w, http.StatusUnauthorized, badRequest, "Authorization must be Bearer and this till's token")
			return
		case s.config.Token == "" && !s.meant(r):
			refuse(w, http.StatusForbidden, badRequest, "Host must be the address that the till listens on, or a loopback one")
			return
		case ofAnotherPage(r):
			refuse(w, http.StatusForbidden, badRequest, "Origin and Sec-Fetch-Site must be absent: web pages have no business here")
			return
		case !tidy(r):
			r.Pattern = "/"
			noSuchPath(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// ofAnotherPage says whether a browser says that a page of another origin sent the
// request. It names no Origin where a page asks for what it will not be let read, such
// as a picture; but that can be the choice that the POS waits for, which is fetched once.
func ofAnotherPage(r *http.Request) bool {
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	origin, site := r.Header.Get("Origin"), r.Header.Get("Sec-Fetch-Site")
	return origin != "" && origin != scheme+r.Host || site != "" && site != "same-origin" && site != "none"
}

// fault is what is said of a request that we failed on.
var fault = &plugin.Error{Kind: plugin.ModuleFailed, Detail: "the till failed on this request"}

// fell shows a careful card for a request that failed within, whatever it was, and
// says in the log where.
func (s *Server) fell() {
	s.config.Log.Error(ourFault, "at", string(debug.Stack()))
	s.show(host.Card{SaleID: s.nameless, Answer: s.safe(plugin.Reading{Operation: plugin.OpUnknown}, nil)})
}

// bears says whether the request has the token. How long that takes tells nothing of it.
func (s *Server) bears(r *http.Request) bool {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	got, want := sha256.Sum256([]byte(token)), sha256.Sum256([]byte(s.config.Token))
	return strings.EqualFold(scheme, "Bearer") && subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

// meant says whether the request names this till as its host. A web page that
// has its own name resolved to loopback does not.
func (s *Server) meant(r *http.Request) bool {
	name := hostOf(r.Host)
	if strings.EqualFold(name, "localhost") || name != "" && strings.EqualFold(name, hostOf(s.config.Listen)) {
		return true
	}
	ip := net.ParseIP(name)
	if ip == nil {
		return false
	}
	local, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	return ip.IsLoopback() || local != nil && ip.Equal(net.ParseIP(hostOf(local.String())))
}

// hostOf takes the port off an address.
func hostOf(address string) string {
	if h, _, err := net.SplitHostPort(address); err == nil {
		address = h
	}
	return strings.Trim(address, "[]")
}

func only(method string, handle http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != method {
			w.Header().Set("Allow", method)
			refuse(w, http.StatusMethodNotAllowed, badRequest, "the method must be "+method)
			return
		}
		handle(w, r)
	})
}

func (s *Server) postEvent(w http.ResponseWriter, r *http.Request) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		refuse(w, http.StatusUnsupportedMediaType, badRequest, "Content-Type must be application/json")
		return
	}
	began := time.Now()
	// The event happened, whether or not the POS is still there to hear of it.
	ctx := context.WithoutCancel(r.Context())
	body, release, why := s.body(r)
	defer release()
	p := read(body, why)
	p.own = r.Header.Get("Tillwise-Sale")
	reply := s.take(ctx, &p)
	s.meters.answered(reply.Status, began)
	note(w, reply.lane, reply.SaleID, reply.kind)
	if reply.SaleID != "" {
		w.Header().Set("Tillwise-Sale", reply.SaleID)
	}
	if reply.Status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "1")
	}
	if !reply.Kept {
		w.Header().Set("Tillwise-Kept", "no")
	}
	if reply.Reused {
		w.Header().Set("Tillwise-Event", "new")
	}
	write(w, reply.Status, reply.Body)
}

// getActions waits for what the cashier chooses.
func (s *Server) getActions(w http.ResponseWriter, r *http.Request) {
	id, ok := s.saleOf(w, r)
	if !ok {
		return
	}
	after, ok := number(r, "after", 1<<53)
	if !ok {
		refuse(w, http.StatusBadRequest, badRequest, "after must be the number of the last choice that was seen, or 0")
		return
	}
	seconds, ok := number(r, "wait_s", int64(maxWait/time.Second))
	if !ok {
		refuse(w, http.StatusBadRequest, badRequest, "wait_s must be a number of seconds, at most "+strconv.Itoa(int(maxWait/time.Second)))
		return
	}
	patience := time.NewTimer(time.Duration(seconds) * time.Second)
	defer patience.Stop()
	for waiting := seconds > 0; ; {
		choices, chosen, kept := s.since(id, int(after))
		if len(choices) > 0 || !waiting {
			if !kept {
				w.Header().Set("Tillwise-Kept", "no")
			}
			write(w, http.StatusOK, encode(choices))
			return
		}
		select {
		case <-chosen:
		case <-patience.C:
			waiting = false
		case <-s.stop:
			waiting = false
		case <-r.Context().Done(): // nobody hears it: what is chosen now stays for who asks next
			write(w, http.StatusOK, []byte("[]"))
			return
		}
	}
}

// saleOf reads the sale out of the path.
func (s *Server) saleOf(w http.ResponseWriter, r *http.Request) (string, bool) {
	id := r.PathValue("id")
	if !saleName.MatchString(id) {
		refuse(w, http.StatusBadRequest, plugin.BadEvent, "the sale id must be 1 to 64 letters, digits, dots, underscores and dashes")
		return "", false
	}
	id = s.nameOf(id)
	note(w, "", id, "")
	return id, true
}

// number reads a whole number out of the query; nothing is 0.
func number(r *http.Request, name string, most int64) (int64, bool) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return 0, true
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && n >= 0 && n <= most
}

func refuse(w http.ResponseWriter, status int, kind plugin.ErrorKind, detail string) {
	note(w, "", "", kind)
	write(w, status, errorBody(&plugin.Error{Kind: kind, Detail: detail}))
}

func write(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)+1))
	w.WriteHeader(status)
	_, _ = w.Write(body) // a POS that is gone hears nothing
	_, _ = w.Write([]byte{'\n'})
}
