package main

import (
	"os"
	"path/filepath"
	"runtime"
)

// noState is the folder that is none.
const noState = "none"

// stateFolder is where a till keeps its sales: what was asked for, else the place
// that the service manager or the system has for that. Empty: there is none.
func stateFolder(asked string) string {
	switch {
	case asked == noState:
		return ""
	case asked != "":
		return asked
	case os.Getenv("STATE_DIRECTORY") != "": // systemd's, made and owned by it
		return filepath.Join(os.Getenv("STATE_DIRECTORY"), "till")
	}
	base := ""
	switch runtime.GOOS {
	case "windows":
		base = os.Getenv("LocalAppData")
	case "darwin":
		base, _ = os.UserConfigDir()
	default:
		if base = os.Getenv("XDG_STATE_HOME"); base == "" {
			if home, err := os.UserHomeDir(); err == nil {
				base = filepath.Join(home, ".local", "state")
			}
		}
	}
	if base == "" {
		return ""
	}
	return filepath.Join(base, "tillwise")
}
