package main

import "errors"

// exit is an error that sets the program's exit code. Verbs that compare end
// as diff(1) does: 0 the same, 1 different, 2 could not be done; and 3 when
// what was read is damaged. An exit without a cause prints nothing.
type exit struct {
	code  int
	cause error
}

func (e exit) Error() string {
	if e.cause == nil {
		return ""
	}
	return e.cause.Error()
}

func (e exit) Unwrap() error { return e.cause }

// exitCode gives the program's exit code for what a verb returned.
func exitCode(err error) int {
	var e exit
	switch {
	case err == nil:
		return 0
	case errors.As(err, &e):
		return e.code
	default:
		return 2
	}
}
