package serve

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

const (
	maxWait    = 60 * time.Second // that a request for choices may wait
	maxConns   = 2000
	endGrace   = 2 * time.Second // for requests under way when the till ends: all of it has five
	headerWait = 5 * time.Second
	bodyWait   = 10 * time.Second
)

// Serve answers requests until ctx is done, and then lets those under way end,
// for two seconds at most.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	lines := &lines{idle: map[net.Conn]time.Time{}}
	server := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: headerWait,
		ReadTimeout:       bodyWait,
		WriteTimeout:      maxWait + 15*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          s.errorLog(), // without one it would write over the screen
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ConnState:         lines.changed,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	s.ending.Store(true)
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), endGrace)
	defer cancel()
	if server.Shutdown(grace) != nil {
		server.Close()
	}
	<-ended
	return nil
}

// lines are the open connections. Where there are too many, the one that has
// said nothing for longest makes room: a POS always gets through.
type lines struct {
	mu   sync.Mutex
	open int
	idle map[net.Conn]time.Time // without a request under way
}

func (c *lines) changed(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch state {
	case http.StateNew:
		c.open++
		c.idle[conn] = time.Now()
	case http.StateIdle:
		c.idle[conn] = time.Now()
	case http.StateActive:
		delete(c.idle, conn)
	case http.StateClosed, http.StateHijacked:
		delete(c.idle, conn)
		c.open--
	}
	if c.open <= maxConns {
		return
	}
	var oldest net.Conn
	for other, since := range c.idle {
		if other != conn && (oldest == nil || since.Before(c.idle[oldest])) {
			oldest = other
		}
	}
	if oldest != nil {
		delete(c.idle, oldest)
		go oldest.Close() // it ends in StateClosed, which is counted
	}
}
