package tap

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
)

// move is what one side sends while the other reads it.
type move struct {
	pos  bool // it is the POS's
	data string
}

// ending is how a connection ends, after all moves.
type ending int

const (
	posCloses ending = iota
	upCloses
	posHalfCloses // and the upstream has one more thing to say
	upHalfCloses  // and the POS has
	posResets
	upResets
	endings
)

// story is a connection from its first byte to its end. It knows what a tap should
// tell of it.
type story struct {
	moves []move
	end   ending
	last  string // what is said after a half close
	// told are the calls of money with what came of them, in order: "200", "409 cut", "lost".
	told []string
}

// writer makes stories.
type writer struct{ *rand.Rand }

func (w writer) one(of ...string) string { return of[w.IntN(len(of))] }

// story makes one of about so many exchanges.
func (w writer) story(exchanges int) story {
	s := story{end: ending(w.IntN(int(endings)))}
	switch w.IntN(20) {
	case 0: // no HTTP at all
		for range 1 + w.IntN(4) {
			s.moves = append(s.moves, move{w.IntN(2) == 0, w.garbage()})
		}
		return s
	case 1:
		return w.tunnel(s)
	}
	for n := 0; n < exchanges; {
		pipelined := 1
		if w.IntN(5) == 0 {
			pipelined = 2 + w.IntN(4)
		}
		var asked, answered strings.Builder
		for range min(pipelined, exchanges-n) {
			q := w.request()
			last := n == exchanges-1
			a := w.answer(q, last && (s.end == upCloses || s.end == upResets))
			if q.expects && pipelined == 1 {
				s.moves = append(s.moves, move{true, q.head}, move{false, "HTTP/1.1 100 Continue\r\n\r\n"})
				asked.WriteString(q.body)
			} else {
				asked.WriteString(q.head + q.body)
			}
			answered.WriteString(a.text)
			if q.money {
				s.told = append(s.told, a.told)
			}
			n++
		}
		s.moves = append(s.moves, move{true, asked.String()}, move{false, answered.String()})
	}
	w.leave(&s)
	return s
}

// leave ends a story: now and then in the middle of an exchange.
func (w writer) leave(s *story) {
	q := w.request()
	for q.method == http.MethodHead { // nothing of its reply could be cut
		q = w.request()
	}
	a := w.answer(q, false)
	switch s.end {
	case posHalfCloses:
		s.moves = append(s.moves, move{true, q.head + q.body})
		s.last = a.text
		if q.money {
			s.told = append(s.told, "lost", a.told) // it may have given up: that is told at once
		}
	case upHalfCloses:
		s.last = q.head + q.body
		if q.money {
			s.told = append(s.told, "lost")
		}
	case posResets, posCloses:
		if w.IntN(2) == 0 {
			text := q.head + q.body
			if w.IntN(2) == 0 { // it breaks off, perhaps before anybody could know what it is
				text = text[:1+w.IntN(len(text))]
			}
			s.moves = append(s.moves, move{true, text})
			if q.money && len(text) >= len(q.head) {
				s.told = append(s.told, "lost")
			}
		}
	}
}

func (w writer) tunnel(s story) story {
	if w.IntN(2) == 0 {
		s.moves = []move{{true, "CONNECT posapi.flexiti.fi:443 HTTP/1.1\r\nHost: posapi.flexiti.fi\r\n\r\n"}, {false, "HTTP/1.1 200 OK\r\n\r\n"}}
	} else {
		s.moves = []move{{true, "GET /chat HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"},
			{false, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"}}
	}
	for range w.IntN(6) {
		s.moves = append(s.moves, move{w.IntN(2) == 0, w.garbage()})
	}
	return s
}

func (w writer) garbage() string {
	b := make([]byte, 1+w.IntN(3000))
	for i := range b {
		b[i] = byte(w.Uint32())
	}
	return string(b)
}

type question struct {
	method, head, body string
	money, expects     bool
}

func (w writer) request() question {
	paths := []struct {
		method, path string
		money        bool
	}{
		{"POST", "/flexiti/pos-api/v2.5.1/client-id/acme/authorization", true},
		{"POST", "/flexiti/pos-api/v2.5/client-id/acme/authorization/4700000000000001/capture", true},
		{"POST", "/flexiti/pos-api/v2.5.1/client-id/acme/transactions?lang=fr", true},
		{"POST", "http://posapi.flexiti.fi/flexiti/pos-api/v2.5/client-id/acme/accounts/20000000/refund", true},
		{"GET", "/flexiti/pos-api/v2.5/client-id/acme/customers/lookup?vcc_number=4111111111111111", false},
		{"POST", "/flexiti/pos-api/v2.5/client-id/acme/account/20000000/verify", false},
		{"HEAD", "/flexiti/pos-api/v2.5/client-id/acme/i18n", false},
		{"POST", "/flexiti/online-api/systems/init", false},
		{"POST", "/online/client-id/acme/authorization", false},
		{"PUT", "/anything/else", false},
		{"OPTIONS", "*", false},
	}
	p := paths[w.IntN(len(paths))]
	q := question{method: p.method, money: p.money}
	version := "HTTP/1.1"
	if w.IntN(12) == 0 {
		version = "HTTP/1.0"
	}
	body := w.body(`{"amount":"12.50","auto_capture":true,"request_id":"R"}`)
	headers := []string{w.one("Host", "HOST", "host") + ": posapi.flexiti.fi", w.one("x-reference-id", "X-Reference-ID") + ": " + w.guid(),
		"authorization: Bearer 0123456789abcdef", w.one("Accept: */*", "aCCept:*/*", "Accept:\t*/* "), "X-Dup: a", "x-dup: b"}
	w.Shuffle(len(headers), func(i, j int) { headers[i], headers[j] = headers[j], headers[i] })
	switch {
	case p.method == "GET" || p.method == "HEAD" || p.method == "OPTIONS":
		body = ""
	case w.IntN(3) == 0 && version == "HTTP/1.1":
		headers = append(headers, w.one("Transfer-Encoding: chunked", "transfer-encoding: Chunked"))
		q.body = w.chunks(body)
	default:
		headers = append(headers, fmt.Sprintf("%s: %d", w.one("Content-Length", "content-length", "CONTENT-length"), len(body)))
		q.body = body
	}
	if q.body != "" && version == "HTTP/1.1" && w.IntN(8) == 0 {
		headers = append(headers, "Expect: 100-continue")
		q.expects = true
	}
	q.head = w.one("", "", "\r\n") + p.method + " " + p.path + " " + version + "\r\n" + strings.Join(headers, "\r\n") + "\r\n\r\n"
	return q
}

type reaction struct{ text, told string }

// answer makes a reply. Of the last one of a connection that the upstream ends, the
// body may last until then, or break off.
func (w writer) answer(q question, last bool) reaction {
	status := []int{200, 200, 200, 201, 204, 302, 400, 401, 404, 409, 409, 409, 465, 500, 502, 504}[w.IntN(16)]
	told := fmt.Sprint(status)
	var b strings.Builder
	for range w.IntN(3) - 1 {
		b.WriteString(w.one("HTTP/1.1 102 Processing\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\nlink: </y>\r\n\r\n"))
	}
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n%s: Fri, 27 Nov 2026 23:46:40 GMT\r\n", status, w.one("", "Whatever it is", http.StatusText(status)), w.one("Date", "date"))
	body := w.body(`{"error":"credit_exceeded"}`)
	switch {
	case status == 204:
		b.WriteString("\r\n")
	case q.method == http.MethodHead:
		fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", len(body))
	case last && w.IntN(3) == 0:
		b.WriteString("Connection: close\r\n\r\n" + body)
	case last && w.IntN(2) == 0:
		fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n%s", len(body)+10, body)
		return reaction{b.String(), told + " cut"}
	case w.IntN(3) == 0:
		b.WriteString("transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n" + w.chunks(body))
	default:
		fmt.Fprintf(&b, "%s: %d\r\n\r\n%s", w.one("content-length", "Content-Length"), len(body), body)
	}
	return reaction{b.String(), told}
}

func (w writer) body(usual string) string {
	switch w.IntN(12) {
	case 0:
		return ""
	case 1:
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write([]byte(usual))
		_ = z.Close()
		return b.String()
	case 2:
		return w.garbage()
	case 3:
		return "amount=1.00&format=sms"
	case 4:
		return strings.Repeat("x", w.IntN(100<<10))
	}
	if w.IntN(400) == 0 {
		return strings.Repeat("large ", 200<<10)
	}
	return usual
}

func (w writer) chunks(body string) string {
	var b strings.Builder
	for body != "" {
		n := min(len(body), 1+w.IntN(1+w.IntN(4000)))
		fmt.Fprintf(&b, w.one("%x\r\n%s\r\n", "%X;name=value\r\n%s\r\n", "000%x\r\n%s\r\n"), n, body[:n])
		body = body[n:]
	}
	return b.String() + w.one("0\r\n\r\n", "0;last\r\nX-Sum: 1\r\nx-sum: 2\r\n\r\n", "00\r\n\r\n")
}

// guid is one of some hundred sales.
func (w writer) guid() string { return fmt.Sprintf("0f3c9a52e1b84d0c9d7a6b5c4e3f%04x", w.IntN(300)) }

func newWriter() writer { return writer{rand.New(rand.NewPCG(1, 1))} }
