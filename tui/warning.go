package tui

import "slices"

// Warning is something about the till itself that the cashier should pass on.
// It stands on the idle screen until it is taken back. No warning stops a sale.
type Warning string

const (
	WarnListen  Warning = "listen"  // no POS can reach the till: its address is in use
	WarnJournal Warning = "journal" // records are not being kept
	WarnModule  Warning = "module"  // the store's own module failed its checks; the built-in one decides
	WarnState   Warning = "state"   // unsettled sales would not survive a restart, or did not
)

// warn takes a warning in, or takes it back.
func (m *model) warn(w Warning, on bool) {
	m.warnings = slices.DeleteFunc(m.warnings, func(old Warning) bool { return old == w })
	if on {
		m.warnings = append(m.warnings, w)
	}
}
