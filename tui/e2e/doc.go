// Package e2e runs the built program in a terminal, tmux, as a shop would: a
// shift, the locales and terminals that shops have, a scanner, a crash. Its
// tests need tmux and the build tag e2e: `make e2e`.
package e2e
