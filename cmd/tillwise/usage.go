package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
)

// usageError is a mistake in how a verb was called: help is not far.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// exactly is cobra.ExactArgs with words that say what is missing.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		switch {
		case len(args) == n:
			return nil
		case len(args) == 0:
			return usageError{fmt.Errorf("it takes %s, and got nothing", what)}
		}
		return usageError{fmt.Errorf("it takes %s, and got %q", what, strings.Join(args, " "))}
	}
}

// cobraSays is what cobra says of a mistake, and the same so that it says what to do.
var cobraSays = []struct {
	theirs *regexp.Regexp
	ours   string
}{
	{regexp.MustCompile(`^if any flags in the group \[(\S+) (\S+)\] are set they must all be set; missing \[(\S+)\]$`), "--$1 and --$2 go together, and --$3 is missing"},
	{regexp.MustCompile(`^if any flags in the group .* none of the others can be; \[(\S+) (\S+)\] were all set$`), "--$1 and --$2 do not go together: leave one of them out"},
	{regexp.MustCompile(`^required flag\(s\) "(\S+)" not set$`), "--$1 is missing"},
	{regexp.MustCompile(`^requires (at least \d+) arg\(s\), only received (\d+)$`), "it takes $1 argument, and got $2"},
	{regexp.MustCompile(`^accepts (at most \d+) arg\(s\), received (\d+)$`), "it takes $1 argument, and got $2"},
	{regexp.MustCompile(`^(unknown command "[^"]*" for "[^"]*")(?:\n\nDid you mean this\?\n\t(\S+)(?:.|\n)*)?$`), "$1 (nearest: $2)"},
}

// inOurWords says of a mistake in how a verb was called what to do.
func inOurWords(err error) error {
	if err == nil {
		return nil
	}
	for _, say := range cobraSays {
		if text := err.Error(); say.theirs.MatchString(text) {
			text = say.theirs.ReplaceAllString(text, say.ours)
			return usageError{fmt.Errorf("%s", strings.TrimSuffix(text, " (nearest: )"))}
		}
	}
	return err
}

// help runs a command that only holds others: alone it says which. With a word that
// is none of them it does not come to that.
func help(cmd *cobra.Command, _ []string) error { return cmd.Help() }
