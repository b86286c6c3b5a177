package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
	"github.com/spf13/cobra"

	"github.com/tillwise/tillwise/host"
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
	x, hints := explained(code, f.status, plugin.Operation(f.operation))
	for _, hint := range hints {
		fmt.Fprintln(cmd.ErrOrStderr(), hint)
	}
	engine, err := openEngine(cmd.Context(), f.store)
	if err != nil {
		return err
	}
	defer engine.Close(context.WithoutCancel(cmd.Context()))
	ev := host.Event{V: plugin.ABI, Locale: string(plugin.LangOf(f.lang)), Exchange: &x}
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
	op := plugin.Operation(f.operation)
	if op == "" || slices.Contains(operations(), op) {
		return nil
	}
	near := slices.MinFunc(operations(), func(a, b plugin.Operation) int {
		return levenshtein.Distance(f.operation, string(a), nil) - levenshtein.Distance(f.operation, string(b), nil)
	})
	return usageError{fmt.Errorf("there is no operation %q: did you mean %s?", f.operation, near)}
}

// operations are all that Flexiti documents.
func operations() []plugin.Operation {
	return []plugin.Operation{
		plugin.OpToken, plugin.OpI18n, plugin.OpTerms, plugin.OpDriversLicense, plugin.OpSearch, plugin.OpLookup, plugin.OpVerify,
		plugin.OpCalculateInterest, plugin.OpClose, plugin.OpApply, plugin.OpTransactions, plugin.OpAuthorization, plugin.OpRelease,
		plugin.OpCapture, plugin.OpReturn, plugin.OpRefund, plugin.OpAuthorizations, plugin.OpAuthorizationGet, plugin.OpCaptures,
		plugin.OpWidgetInit, plugin.OpMerchantsLogin,
	}
}

// explained makes the exchange that a code stands for, and says what else it
// could have meant.
func explained(code string, status int, op plugin.Operation) (x plugin.Exchange, hints []string) {
	x = plugin.Exchange{Operation: op, Status: status, Body: bodyWith(code)}
	rules := rulesFor(code, status, op)
	if len(rules) == 0 {
		if x.Status == 0 {
			x.Status = 409 // where Flexiti reports most of what went wrong
		}
		if near := nearCodes(code); code != "" && len(near) > 0 && len(rulesFor(code, 0, "")) == 0 {
			hints = append(hints, fmt.Sprintf("No page of Flexiti's documents %s. Similar codes: %s.", code, strings.Join(near, ", ")))
		}
		return x, hints
	}
	r := rules[0]
	if op == "" && slices.ContainsFunc(rules, func(o plugin.Rule) bool { return o.Card != r.Card }) {
		var ops []string
		for _, o := range rules {
			if o.Operation != plugin.AnyOperation && !slices.Contains(ops, string(o.Operation)) && slices.Contains(operations(), o.Operation) {
				ops = append(ops, string(o.Operation))
			}
		}
		hints = append(hints, fmt.Sprintf("What %s means depends on the operation. Name one with --op: %s.", code, strings.Join(ops, ", ")))
		if i := slices.IndexFunc(rules, func(o plugin.Rule) bool { return o.Operation == plugin.OpUnknown }); i >= 0 {
			r = rules[i]
		} else if i := slices.IndexFunc(rules, func(o plugin.Rule) bool { return o.Operation == plugin.AnyOperation }); i >= 0 {
			r = rules[i]
		}
	}
	if x.Status == 0 {
		x.Status = r.Status
	}
	if op == "" && slices.Contains(operations(), r.Operation) {
		x.Operation = r.Operation
	}
	x.Body = r.Example()
	return x, hints
}

// rulesFor gives the documented rows with a code, in any of its spellings:
// those of the operation itself before those of any.
func rulesFor(code string, status int, op plugin.Operation) (out []plugin.Rule) {
	canonical := plugin.Recognise(plugin.Exchange{Status: 409, Body: bodyWith(code)}).Code
	if canonical == "" {
		return nil
	}
	for _, r := range plugin.Rules() {
		if r.Code == canonical && (status == 0 || status == r.Status) && (op == "" || op == r.Operation || r.Operation == plugin.AnyOperation) {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b plugin.Rule) int { return rank(a, op) - rank(b, op) })
	return out
}

func rank(r plugin.Rule, op plugin.Operation) int {
	if op != "" && r.Operation == op {
		return 0
	}
	return 1
}

// nearCodes gives the documented codes that a code may be a misspelling of, at most three.
func nearCodes(code string) (out []string) {
	distance := func(a string) int { return levenshtein.Distance(strings.ToLower(code), a, nil) }
	for _, r := range plugin.Rules() {
		if distance(r.Code) <= max(2, len(code)/3) && !slices.Contains(out, r.Code) {
			out = append(out, r.Code)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return distance(a) - distance(b) })
	return out[:min(3, len(out))]
}

func bodyWith(code string) string {
	if code == "" {
		return ""
	}
	body, err := json.Marshal(map[string]string{"error": code})
	if err != nil {
		return ""
	}
	return string(body)
}
