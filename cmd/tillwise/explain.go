package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/explain"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/tui"
)

type explainFlags struct {
	status    int
	operation string
	lang      string
	asJSON    bool
	store     string
}

func newExplainCommand() *cobra.Command {
	var f explainFlags
	cmd := &cobra.Command{
		Use:   "explain CODE",
		Short: "Show the card for a code of Flexiti's",
		Long: "Shows the card that a cashier gets for a code of Flexiti's, as text. Status and operation are the documented ones\n" +
			"unless they are given; a code that means different things for different operations needs --op to be told apart.\n" +
			"A code that no page documents has a card too: the one that does the least harm.",
		Example: "  tillwise explain secret_answer_mismatch\n" +
			"  tillwise explain not_found --op search --lang fr\n" +
			"  tillwise explain '' --op authorization --status 504\n" +
			"  tillwise explain credit_exceeded --json",
		Args: exactly(1, "one code, such as credit_exceeded, or '' for a reply without one"),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args[0]) },
	}
	cmd.Flags().IntVar(&f.status, "status", 0, "the HTTP `STATUS` of the reply (default: the documented one)")
	cmd.Flags().StringVar(&f.operation, "op", "", "the `OPERATION` that was called, such as verify (default: the documented one)")
	cmd.Flags().StringVar(&f.lang, "lang", "en", "the language of the card: en or fr")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "print the whole answer in place of the card")
	cmd.Flags().StringVar(&f.store, storeFlag, "", storeUsage)
	return cmd
}

func (f *explainFlags) run(cmd *cobra.Command, code string) error {
	if err := f.check(); err != nil {
		return err
	}
	m := explain.Code(code, f.status, plugin.Operation(f.operation))
	if len(m.Near) > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "No page of Flexiti's documents %s. Similar codes: %s.\n", code, strings.Join(m.Near, ", "))
	}
	if len(m.Operations) > 0 {
		names := strings.ReplaceAll(strings.Trim(fmt.Sprint(m.Operations), "[]"), " ", ", ")
		fmt.Fprintf(cmd.ErrOrStderr(), "What %s means depends on the operation. Name one with --op: %s.\n", code, names)
	}
	engine, err := openEngine(cmd.Context(), f.store)
	if err != nil {
		return err
	}
	defer engine.Close(context.WithoutCancel(cmd.Context()))
	ev := host.Event{V: plugin.ABI, Locale: string(plugin.LangOf(f.lang)), Exchange: &m.Exchange}
	if f.asJSON {
		return printAnswer(cmd, engine, ev)
	}
	a, err := engine.Answer(cmd.Context(), ev)
	if err != nil {
		return fmt.Errorf("asking the module: %w", err)
	}
	return tui.Plain(cmd.OutOrStdout(), host.Card{Answer: a}, tui.Look{Letters: tui.LettersFor(os.Getenv)})
}

func printAnswer(cmd *cobra.Command, engine *host.Engine, ev host.Event) error {
	in, err := json.Marshal(ev)
	if err != nil {
		return fmt.Errorf("writing the event: %w", err)
	}
	out, err := engine.AnswerJSON(cmd.Context(), in)
	if err != nil {
		return fmt.Errorf("asking the module: %w", err)
	}
	_, err = cmd.OutOrStdout().Write(append(out, '\n'))
	return err
}

func (f *explainFlags) check() error {
	if f.status != 0 && (f.status < 100 || f.status > 599) {
		return usageError{fmt.Errorf("--status must be an HTTP status from 100 to 599")}
	}
	if l := strings.ToLower(f.lang); !strings.HasPrefix(l, "en") && !strings.HasPrefix(l, "fr") {
		return usageError{fmt.Errorf("--lang must be en or fr")}
	}
	if err := explain.CheckOperation(f.operation); err != nil {
		return usageError{err}
	}
	return nil
}
