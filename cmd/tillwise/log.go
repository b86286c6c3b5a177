package main

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"
)

const (
	logLines = 1000                   // that wait for whoever reads the log
	logEnd   = 500 * time.Millisecond // that the end waits for them
)

// openLog gives a log of a format, text or json, that may name a level behind a
// colon. Ended must be called last: it waits a moment for what is still to be written.
func openLog(format string, to io.Writer) (log *slog.Logger, ended func(), err error) {
	kind, level, named := strings.Cut(format, ":")
	o := &slog.HandlerOptions{}
	var least slog.Level
	if named && least.UnmarshalText([]byte(level)) != nil || kind != "text" && kind != "json" {
		return nil, nil, usageError{fmt.Errorf("--log must be text or json, with :debug, :info, :warn or :error behind it if need be, such as json:debug")}
	}
	o.Level = least
	on := func(w io.Writer) *slog.Logger {
		if kind == "json" {
			return slog.New(slog.NewJSONHandler(w, o))
		}
		return slog.New(slog.NewTextHandler(w, o))
	}
	w := &logWriter{to: to, lines: make(chan []byte, logLines), quit: make(chan struct{}), done: make(chan struct{}), missed: func(n int64) {
		on(to).Warn("lines of the log were lost: whoever reads it is too slow", "lines", n)
	}}
	go w.run()
	return on(w), w.end, nil
}

// logWriter hands lines on without ever waiting: who starts a till and does not
// read its log must not hold up a sale. Lines that find no room are counted.
type logWriter struct {
	to     io.Writer
	lines  chan []byte
	lost   atomic.Int64
	missed func(n int64) // says that n were lost
	quit   chan struct{}
	done   chan struct{}
}

func (w *logWriter) Write(line []byte) (int, error) {
	select {
	case w.lines <- append([]byte(nil), line...):
	default:
		w.lost.Add(1)
	}
	return len(line), nil
}

func (w *logWriter) run() {
	defer close(w.done)
	for {
		select {
		case line := <-w.lines:
			w.write(line)
		case <-w.quit:
			for len(w.lines) > 0 {
				w.write(<-w.lines)
			}
			return
		}
	}
}

func (w *logWriter) write(line []byte) {
	_, _ = w.to.Write(line) // there is nowhere to say that it failed
	if n := w.lost.Swap(0); n > 0 {
		w.missed(n)
	}
}

func (w *logWriter) end() {
	close(w.quit)
	select {
	case <-w.done:
	case <-time.After(logEnd):
	}
}
