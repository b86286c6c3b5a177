package replay

import (
	_ "embed"
	"encoding/json"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/tillwise/tillwise/plugin"
)

//go:embed report.html
var htmlText string

var htmlTemplate = template.Must(template.New("report").Funcs(template.FuncMap{
	"short": short, "moment": moment, "rule": ruleName,
	"verdict": func(v Verdict) string { return verdictText[v] },
	"join":    func(m map[string]int64) string { return strings.Join(slices.Sorted(maps.Keys(m)), ", ") },
	"pairs":   pairs,
	"pretty":  pretty,
}).Parse(htmlText))

// WriteHTML writes the report as one page that needs no network and no script.
func (r *Report) WriteHTML(out io.Writer, j Judgement) error {
	unmet := []string{}
	for _, rule := range r.Rules {
		if rule.Known && rule.Records == 0 {
			unmet = append(unmet, rule.Rule)
		}
	}
	return htmlTemplate.Execute(out, map[string]any{
		"Report": r, "Judgement": j, "Summary": r.Summary(j), "Code": j.ExitCode(r),
		"Days": dayChart(r.Days), "Top": ruleChart(r.Rules), "Families": families, "Unmet": unmet,
	})
}

// families in the order in which charts stack them.
var families = []string{"approved", "fix", "wait", "check", "help", "stop"}

// bar is a rectangle of a chart, in the chart's own units.
type bar struct {
	X, Y, W, H float64
	Class      string
	Title      string
}

type chart struct {
	Width, Height float64
	Bars          []bar
	Labels        []label
}

type label struct {
	X, Y float64
	Text string
}

const (
	chartWidth  = 860.0
	chartHeight = 200.0
	rowHeight   = 22.0
	maxBars     = 25
)

// dayChart stacks each day's records by family.
func dayChart(days []Day) chart {
	c := chart{Width: chartWidth, Height: chartHeight + 24}
	most := int64(1)
	for _, d := range days {
		most = max(most, total(d.Families))
	}
	step := chartWidth / float64(max(len(days), 1))
	for i, d := range days {
		y := chartHeight
		for _, family := range families {
			n := d.Families[family]
			if n == 0 {
				continue
			}
			h := chartHeight * float64(n) / float64(most)
			y -= h
			c.Bars = append(c.Bars, bar{
				X: float64(i)*step + step*.1, Y: y, W: step * .8, H: h, Class: family,
				Title: d.Day + ": " + count(n) + " " + family,
			})
		}
		if every := len(days)/10 + 1; i%every == 0 {
			c.Labels = append(c.Labels, label{float64(i)*step + step*.1, chartHeight + 18, d.Day})
		}
	}
	return c
}

func total(counts map[string]int64) int64 {
	sum := int64(0)
	for _, n := range counts {
		sum += n
	}
	return sum
}

// ruleChart shows the commonest rules, and how much of each changed.
func ruleChart(rules []Rule) chart {
	shown := rules[:min(len(rules), maxBars)]
	c := chart{Width: chartWidth, Height: rowHeight * float64(len(shown))}
	most := int64(1)
	for _, r := range shown {
		most = max(most, r.Records)
	}
	const left = 330
	for i, r := range shown {
		y := rowHeight * float64(i)
		width := (chartWidth - left) / float64(most)
		c.Labels = append(c.Labels, label{0, y + 15, ruleName(r.Rule) + "  " + count(r.Records)})
		c.Bars = append(c.Bars, bar{left, y + 3, width * float64(r.Records-r.Changed), rowHeight - 6, "same", count(r.Records-r.Changed) + " unchanged"})
		if r.Changed > 0 {
			c.Bars = append(c.Bars, bar{left + width*float64(r.Records-r.Changed), y + 3, width * float64(r.Changed), rowHeight - 6, "changed", count(r.Changed) + " changed"})
		}
	}
	return c
}

func count(n int64) string {
	b, _ := json.Marshal(n)
	return string(b)
}

// promptOf reads a prompt; nil when there is none.
func promptOf(raw json.RawMessage) *plugin.Prompt {
	var p plugin.Prompt
	if len(raw) == 0 || json.Unmarshal(raw, &p) != nil {
		return nil
	}
	return &p
}

func pretty(raw json.RawMessage) string {
	b, err := json.MarshalIndent(raw, "", "  ")
	if err != nil {
		return ""
	}
	return string(b)
}
