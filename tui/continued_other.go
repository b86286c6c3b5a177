//go:build !unix

package tui

import "os"

// continued: here a program is not stopped and run again.
func continued() (again <-chan os.Signal, stop func()) { return nil, func() {} }
