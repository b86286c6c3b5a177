package serve

import (
	"context"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// badRequest is the kind of what is wrong with a request, not with its event.
const badRequest plugin.ErrorKind = "bad_request"

// Handler answers requests: what Serve serves, for a host with a server of its own.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/v1/events", only(http.MethodPost, s.postEvent))
	mux.Handle("/v1/sales/{id}/actions", only(http.MethodGet, s.getActions))
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		refuse(w, http.StatusNotFound, badRequest, "there is POST /v1/events and GET /v1/sales/{id}/actions, and nothing else")
	})
	return s.guarded(mux)
}

// guarded lets in only who means this till, and ends a request that fails
// within with a card, whatever failed.
func (s *Server) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Cache-Control", "no-store")
		header.Set("X-Content-Type-Options", "nosniff")
		if !s.meant(r) {
			refuse(w, http.StatusForbidden, badRequest, "Host must be the address that the till listens on, or a loopback one")
			return
		}
		if origin := r.Header.Get("Origin"); origin != "" && origin != "http://"+r.Host {
			refuse(w, http.StatusForbidden, badRequest, "Origin must be absent: web pages have no business here")
			return
		}
		defer func() {
			if p := recover(); p != nil {
				s.config.Show(Card{SaleID: s.nameless, Answer: s.config.Engine.Safe(safeEvent(s.config.Lang()))})
				refuse(w, http.StatusInternalServerError, plugin.ModuleFailed, "the till failed on this request")
			}
		}()
		next.ServeHTTP(w, r)
	})
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
	// The event happened, whether or not the POS is still there to hear of it.
	ctx := context.WithoutCancel(r.Context())
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, plugin.MaxInput))
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		tooLarge := &plugin.Error{Kind: plugin.TooLarge, Detail: "an event may have " + strconv.Itoa(plugin.MaxInput) + " bytes: cut the exchange's body to 64 KiB and set body_cut"}
		write(w, http.StatusRequestEntityTooLarge, s.unread(ctx, tooLarge))
		return
	}
	if err != nil {
		return // the POS is gone
	}
	reply := s.Take(ctx, body)
	w.Header().Set("Tillwise-Sale", reply.SaleID)
	write(w, reply.Status, reply.Body)
}

// unread puts the safe card on the screen for an event that cannot be read.
func (s *Server) unread(ctx context.Context, why *plugin.Error) []byte {
	k := s.sales.enter(s.nameless)
	defer s.sales.leave(k)
	ev := safeEvent(s.config.Lang())
	ev.Sale = k.state
	body, _ := s.work(ctx, turn{kept: k, event: ev, refusal: why})
	return body
}

// getActions waits for what the cashier chooses.
func (s *Server) getActions(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	if !saleName.MatchString(id) {
		refuse(w, http.StatusBadRequest, plugin.BadEvent, "the sale id must be 1 to 64 letters, digits, dots, underscores and dashes")
		return
	}
	after, ok := number(r, "after", 1<<30)
	if !ok {
		refuse(w, http.StatusBadRequest, badRequest, "after must be the number of the last choice that was seen, or 0")
		return
	}
	seconds, ok := number(r, "wait_s", int(maxWait/time.Second))
	if !ok {
		refuse(w, http.StatusBadRequest, badRequest, "wait_s must be a number of seconds, at most "+strconv.Itoa(int(maxWait/time.Second)))
		return
	}
	patience := time.NewTimer(time.Duration(seconds) * time.Second)
	defer patience.Stop()
	for waiting := seconds > 0; ; {
		choices, chosen := s.sales.since(id, after)
		if len(choices) > 0 || !waiting {
			write(w, http.StatusOK, encode(choices))
			return
		}
		select {
		case <-chosen:
		case <-patience.C:
			waiting = false
		case <-s.stop:
			waiting = false
		case <-r.Context().Done():
			waiting = false
		}
	}
}

// number reads a whole number out of the query; nothing is 0.
func number(r *http.Request, name string, most int) (int, bool) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return 0, true
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0 && n <= most
}

func refuse(w http.ResponseWriter, status int, kind plugin.ErrorKind, detail string) {
	write(w, status, errorBody(&plugin.Error{Kind: kind, Detail: detail}))
}

func write(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)+1))
	w.WriteHeader(status)
	_, _ = w.Write(body) // a POS that is gone hears nothing
	_, _ = w.Write([]byte{'\n'})
}
