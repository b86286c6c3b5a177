// Package e2e runs the built program in a terminal, tmux, as a shop would: a
// shift, the locales and terminals that shops have, a scanner, a crash. Its
// tests need tmux and the build tag e2e: `make e2e`. `make shots` takes pictures
// of it in xterm, for people to look at.
package e2e
