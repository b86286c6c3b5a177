package serve

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

const (
	maxLines = 32 // that wait for their reply, of 1 MiB at most each; then none is read
	workers  = 8  // that answer them
)

// Lines answers events that come as lines of JSON, for a POS that runs the till as
// its child: one line for each that is not blank, in their order. One sale's are taken
// in turn, different sales at once. A line {"get":"/v1/…"} asks for what that path
// gives, after the lines before it. Lines returns when the input ends, or ctx does,
// and then what was read is answered. The error is of reading or of writing; events
// that cannot be answered to are taken all the same.
func (s *Server) Lines(ctx context.Context, in io.Reader, out io.Writer) error {
	p := &pipeline{server: s, ctx: context.WithoutCancel(ctx), seed: maphash.MakeSeed(), replies: make(chan chan []byte, maxLines)}
	written := make(chan error, 1)
	go func() { written <- writeLines(out, p.replies) }()
	for i := range p.queues {
		p.queues[i] = make(chan func(), maxLines)
		p.working.Go(func() {
			for do := range p.queues[i] {
				do()
			}
		})
	}
	lines, failed := make(chan inputLine), make(chan error, 1)
	go func() { failed <- readLines(ctx, in, lines) }()
	var err error
	for reading := true; reading; {
		select {
		case l := <-lines:
			p.take(l)
		case err = <-failed:
			reading = false
		case <-ctx.Done(): // what reads may be waiting still: nothing ends a read
			reading = false
		}
	}
	for _, q := range p.queues {
		close(q)
	}
	p.working.Wait()
	close(p.replies)
	return errors.Join(err, <-written)
}

// inputLine is a line, as far as it was read.
type inputLine struct {
	text   []byte
	broken *plugin.Error // why it is not whole; nil: it is
}

// readLines hands on the lines that are not blank. Of one that is too long it keeps
// no more than an event may have.
func readLines(ctx context.Context, in io.Reader, lines chan<- inputLine) error {
	for r := bufio.NewReaderSize(in, chunk); ; {
		var l inputLine
		var err error
		for more := true; more; {
			var part []byte
			part, err = r.ReadSlice('\n')
			more = errors.Is(err, bufio.ErrBufferFull)
			part = bytes.TrimSuffix(part, []byte("\n"))
			if room := maxEvent - len(l.text); len(part) > room {
				part, l.broken = part[:room], tooLong
			}
			l.text = append(l.text, part...)
		}
		if len(bytes.TrimSpace(l.text)) > 0 {
			select {
			case lines <- l:
			case <-ctx.Done():
				return nil
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading events: %w", err)
		}
	}
}

// writeLines writes replies in the order of their lines. After an error it goes on
// taking them, for nobody.
func writeLines(out io.Writer, replies <-chan chan []byte) (err error) {
	for reply := range replies {
		line := append(<-reply, '\n')
		if err == nil {
			if _, err = out.Write(line); err != nil {
				err = fmt.Errorf("writing answers: %w", err)
			}
		}
	}
	return err
}

// pipeline is the lines on their way. Each sale has one queue, and its lines stay in order there.
type pipeline struct {
	server  *Server
	ctx     context.Context
	seed    maphash.Seed
	queues  [workers]chan func()
	replies chan chan []byte
	working sync.WaitGroup
	open    sync.WaitGroup // what was read and has no reply yet
}

func (p *pipeline) take(l inputLine) {
	reply := make(chan []byte, 1)
	p.replies <- reply
	if path := asked(l); path != "" {
		p.open.Wait()
		reply <- p.server.replyToQuestion(p.ctx, path)
		return
	}
	e := read(l.text, l.broken)
	id := e.saleID
	if e.members == nil {
		id, _, _ = glimpse(e.raw)
	}
	p.open.Add(1)
	p.queues[maphash.String(p.seed, id)%workers] <- func() {
		defer p.open.Done()
		reply <- p.server.replyToEvent(p.ctx, &e)
	}
}

// asked gives the path that a line asks for; empty: it is an event.
func asked(l inputLine) string {
	var question struct {
		Get string `json:"get"`
	}
	text := bytes.TrimPrefix(l.text, []byte("\uFEFF")) // .NET begins a stream with it; an event may have it too
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if l.broken != nil || d.Decode(&question) != nil {
		return ""
	}
	return question.Get
}

// lineReply is a reply as a line: what HTTP has in its head, as members.
type lineReply struct {
	Status int             `json:"status"`
	SaleID string          `json:"sale_id,omitempty"`
	Kept   *bool           `json:"kept,omitempty"`
	Event  string          `json:"event,omitempty"` // "new": its event_id was another event's
	Reply  json.RawMessage `json:"reply"`
}

func (s *Server) replyToEvent(ctx context.Context, e *posted) (line []byte) {
	began, n := time.Now(), &noted{status: http.StatusInternalServerError, kind: fault.Kind}
	defer func() {
		if recover() != nil {
			s.fell()
			line = encode(lineReply{Status: n.status, Reply: errorBody(fault)})
		}
		s.told(http.MethodPost, "line", n, began)
	}()
	r := s.take(ctx, e)
	s.meters.answered(r.Status, began)
	*n = noted{status: r.Status, lane: r.lane, sale: r.SaleID, kind: r.kind}
	out := lineReply{Status: r.Status, SaleID: r.SaleID, Kept: &r.Kept, Reply: r.Body}
	if r.Reused {
		out.Event = "new"
	}
	return encode(out)
}

// replyToQuestion gives what a path gives over HTTP, but for what is no JSON or waits
// for a screen.
func (s *Server) replyToQuestion(ctx context.Context, path string) []byte {
	none := encode(lineReply{Status: http.StatusNotFound, Reply: errorBody(&plugin.Error{Kind: badRequest,
		Detail: "get takes /v1/sales?open=1, /v1/sales/{id}, /v1/catalogue, /healthz and /readyz"})})
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, path, nil)
	if err != nil || !tidy(r) {
		return none
	}
	routes := s.routes()
	switch _, pattern := routes.Handler(r); pattern {
	case "/v1/sales", "/v1/sales/{id}", "/v1/catalogue", "/healthz", "/readyz":
	default:
		return none
	}
	w := newReply()
	s.watched(routes).ServeHTTP(w, r)
	return encode(lineReply{Status: w.status, Reply: w.body.Bytes()})
}
