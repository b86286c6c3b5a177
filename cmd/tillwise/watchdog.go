package main

import (
	"context"
	"os"
	"time"

	"golang.org/x/term"
)

const (
	endWait  = 4 * time.Second        // from the signal: whoever sent it may kill after five seconds
	lastWord = 200 * time.Millisecond // for what is said then
)

// stillThere is said by a program that could not end by itself.
const stillThere = "tillwise: it was asked to end and could not: a disk, a file, the terminal or a module does not answer. It stops now.\n"

// watch ends the program soon after ctx is done, whatever hangs then, unless it is
// called off before. Until then there is only a function that waits.
func watch(ctx context.Context) (off func() bool) {
	fd := int(os.Stdin.Fd())
	calm, err := term.GetState(fd)
	return context.AfterFunc(ctx, func() {
		<-time.After(endWait)
		said := make(chan struct{})
		go func() { // each of these may hang as well
			defer close(said)
			if err == nil {
				_ = term.Restore(fd, calm)
			}
			_, _ = os.Stderr.WriteString(stillThere)
		}()
		select {
		case <-said:
		case <-time.After(lastWord):
		}
		os.Exit(2)
	})
}
