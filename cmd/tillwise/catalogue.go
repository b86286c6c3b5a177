package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

func newCatalogueCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "catalogue",
		Short: "List every card, the rules that lead to it and where they come from",
		Long: "Lists every card with the rules that lead to it, operation/status/code, and the page of Flexiti's that each comes\n" +
			"from, or \"judgement\" where no page says it. Markdown also has what each card says in both languages and what it\n" +
			"advises; json is what the module says of itself.",
		Example: "  tillwise catalogue\n  tillwise catalogue --format markdown > catalogue.md",
		Args:    exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			print := map[string]func(context.Context, *host.Engine, io.Writer) error{
				"table": catalogueTable, "markdown": catalogueMarkdown, "json": catalogueJSON,
			}[format]
			if print == nil {
				return usageError{fmt.Errorf("--format must be table, markdown or json")}
			}
			engine, err := openEngine(cmd.Context(), "")
			if err != nil {
				return err
			}
			defer engine.Close(context.WithoutCancel(cmd.Context()))
			return print(cmd.Context(), engine, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&format, "format", "table", "table, markdown or json")
	return cmd
}

// described is what of the module's account of itself the lists are made from.
type described struct {
	Catalogue string
	Cards     []struct {
		Card, Family, Retry, Owner string
		Headline                   map[plugin.Lang]string
		Rules                      []struct{ Rule, Source string }
	}
}

func describe(ctx context.Context, engine *host.Engine) (described, error) {
	var d described
	out, err := engine.Describe(ctx)
	if err == nil {
		err = json.Unmarshal(out, &d)
	}
	if err != nil {
		return d, fmt.Errorf("asking the module for its catalogue: %w", err)
	}
	return d, nil
}

func catalogueJSON(ctx context.Context, engine *host.Engine, out io.Writer) error {
	about, err := engine.Describe(ctx)
	if err != nil {
		return fmt.Errorf("asking the module for its catalogue: %w", err)
	}
	_, err = out.Write(append(about, '\n'))
	return err
}

// catalogueTable has one line for each rule, and one for a card that none leads to.
func catalogueTable(ctx context.Context, engine *host.Engine, out io.Writer) error {
	d, err := describe(ctx, engine)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "CARD\tFAMILY\tRULE\tSOURCE\tHEADLINE")
	for _, c := range d.Cards {
		headline := c.Headline[plugin.English]
		if len(c.Rules) == 0 {
			fmt.Fprintf(table, "%s\t%s\t-\t-\t%s\n", c.Card, c.Family, headline)
		}
		for _, r := range c.Rules {
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", c.Card, c.Family, r.Rule, r.Source, headline)
		}
	}
	return table.Flush()
}

// catalogueMarkdown is a page to look things up in: what will be shown when.
func catalogueMarkdown(ctx context.Context, engine *host.Engine, out io.Writer) error {
	d, err := describe(ctx, engine)
	if err != nil {
		return err
	}
	var page strings.Builder
	fmt.Fprintf(&page, "# What tillwise shows when\n\nCatalogue %s. One row for each reply that Flexiti documents, for a sale that has just begun and a store "+
		"with default settings.\nThe source is the number of Flexiti's page; judgement marks what no page says.\n\n", d.Catalogue)
	page.WriteString("| operation | status | code | card | English | French | money | retry | owner | actions | source |\n" +
		"|---|---|---|---|---|---|---|---|---|---|---|\n")
	for _, r := range plugin.Rules() {
		x := r.Exchange()
		cells := []string{string(r.Operation), fmt.Sprint(r.Status), r.Code}
		for _, lang := range []plugin.Lang{plugin.English, plugin.French} {
			a, err := engine.Answer(ctx, host.Event{V: plugin.ABI, Locale: string(lang), Exchange: &x})
			if err != nil {
				return fmt.Errorf("asking the module about %s: %w", a.Decision.Matched.Rule, err)
			}
			if lang == plugin.English {
				cells = append(cells, a.Decision.Card.String(), a.Prompt.Headline)
				continue
			}
			var actions []string
			for _, act := range a.Decision.Actions {
				actions = append(actions, string(act.ID))
			}
			cells = append(cells, a.Prompt.Headline, string(a.Decision.Money), string(a.Decision.Retry.Policy), string(a.Decision.Owner),
				strings.Join(actions, ", "), r.Source)
		}
		fmt.Fprintf(&page, "| %s |\n", strings.Join(cells, " | "))
	}
	page.WriteString("\n## Cards that no documented code leads to\n\nThey answer a plain yes, a choice of the cashier's, a reply that nobody documents, and no reply at all.\n\n" +
		"| card | English | French | retry | owner |\n|---|---|---|---|---|\n")
	for _, c := range d.Cards {
		if len(c.Rules) == 0 {
			fmt.Fprintf(&page, "| %s | %s | %s | %s | %s |\n", c.Card, c.Headline[plugin.English], c.Headline[plugin.French], c.Retry, c.Owner)
		}
	}
	_, err = io.WriteString(out, page.String())
	return err
}
