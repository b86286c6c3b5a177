//go:build unix

package tui

import (
	"os"
	"os/signal"
	"syscall"
)

// continued tells when the program runs again after it was stopped: its shell
// has used the terminal in between.
func continued() (again <-chan os.Signal, stop func()) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGCONT)
	return c, func() { signal.Stop(c) }
}
