package replay

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
)

// Members and their order are those of the schema that most consumers of JUnit
// reports share, Ant's: all of them are required there, even when empty.
type junitSuites struct {
	XMLName xml.Name   `xml:"testsuites"`
	Suite   junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	ID         int         `xml:"id,attr"`
	Package    string      `xml:"package,attr"`
	Name       string      `xml:"name,attr"`
	Tests      int         `xml:"tests,attr"`
	Failures   int         `xml:"failures,attr"`
	Errors     int         `xml:"errors,attr"`
	Skipped    int         `xml:"skipped,attr"`
	Time       string      `xml:"time,attr"`
	Timestamp  string      `xml:"timestamp,attr"`
	Hostname   string      `xml:"hostname,attr"`
	Properties struct{}    `xml:"properties"`
	Cases      []junitCase `xml:"testcase"`
	Out        string      `xml:"system-out"`
	Err        string      `xml:"system-err"`
}

type junitCase struct {
	Name    string     `xml:"name,attr"`
	Class   string     `xml:"classname,attr"`
	Time    string     `xml:"time,attr"`
	Error   *junitText `xml:"error,omitempty"`
	Failure *junitText `xml:"failure,omitempty"`
}

type junitText struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// WriteJUnit writes one test case for each rule that was hit or has changed:
// consumers of JUnit choke on one for each record. Times are zero, so that
// equal replays give equal files.
func (r *Report) WriteJUnit(out io.Writer, j Judgement) error {
	failures := map[string]*junitText{}
	var names []string
	fail := func(rule, kind, message, text string) {
		f := failures[rule]
		if f == nil {
			f = &junitText{Message: message, Type: kind}
			failures[rule] = f
			names = append(names, rule)
		}
		f.Text += text
	}
	for _, g := range j.Unapproved {
		var b bytes.Buffer
		textGroup(&b, g, "CHANGED")
		fail(ruleName(g.Rule), "changed", fmt.Sprintf("%d records changed: %s", g.Records, g.Diffs[0].Member), b.String())
	}
	for _, m := range j.Missing {
		var b bytes.Buffer
		textDiffs(&b, m.Diffs)
		fail(ruleName(m.Rule), "missing", "an approved change did not come", b.String())
	}
	s := junitSuite{Package: "tillwise", Name: "replay", Out: r.Summary(j), Time: "0", Timestamp: "1970-01-01T00:00:00", Hostname: "tillwise"}
	if r.First != 0 {
		s.Timestamp = junitTime(r.First)
	}
	met := map[string]bool{}
	add := func(rule string) {
		met[rule] = true
		s.Cases = append(s.Cases, junitCase{Name: rule, Class: "tillwise.replay", Time: "0", Failure: failures[rule]})
	}
	for _, rule := range r.Rules {
		if rule.Records > 0 {
			add(ruleName(rule.Rule))
		}
	}
	for _, name := range names {
		if !met[name] {
			add(name)
		}
	}
	s.Failures = len(failures)
	if !r.Complete() {
		s.Errors = 1
		s.Cases = append(s.Cases, junitCase{Name: "the journal is whole", Class: "tillwise.replay", Time: "0", Error: &junitText{
			Type: "damaged", Message: fmt.Sprintf("%d lines damaged, %d missing", r.Damaged, r.Missing),
			Text: "tillwise journal check tells where",
		}})
	}
	s.Tests = len(s.Cases)
	if _, err := io.WriteString(out, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(out)
	e.Indent("", " ")
	if err := e.Encode(junitSuites{Suite: s}); err != nil {
		return err
	}
	_, err := io.WriteString(out, "\n")
	return err
}
