//go:build !windows

package conformance

import (
	"os/exec"
	"syscall"
)

// ownGroup lets kill reach what the host has started, too.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func kill(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
