package conformance

import (
	"encoding/xml"
	"io"
)

// The elements of JUnit's XML, as CI systems read them.
type (
	junitMessage struct {
		Message string `xml:"message,attr"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		Time    string        `xml:"time,attr"`
		Failure *junitMessage `xml:"failure,omitempty"`
		Skipped *junitMessage `xml:"skipped,omitempty"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Time     string      `xml:"time,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitSuites struct {
		XMLName xml.Name     `xml:"testsuites"`
		Name    string       `xml:"name,attr"`
		Suites  []junitSuite `xml:"testsuite"`
	}
)

// JUnit writes the report as JUnit's XML: a suite for each group, a case for each
// point.
func (r *Report) JUnit(out io.Writer) error {
	all := junitSuites{Name: "tillwise conformance: " + r.Name}
	for _, g := range r.groups() {
		_, failed, notOffered := g.Count()
		s := junitSuite{Name: g.Name, Tests: len(g.Points), Failures: failed, Skipped: notOffered, Time: "0"}
		for _, p := range g.Points {
			c := junitCase{Name: p.Name, Class: g.Name, Time: "0"}
			switch {
			case p.Fault != "":
				c.Failure = &junitMessage{p.Fault}
			case p.NotOffered != "":
				c.Skipped = &junitMessage{p.NotOffered}
			}
			s.Cases = append(s.Cases, c)
		}
		all.Suites = append(all.Suites, s)
	}
	if _, err := io.WriteString(out, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(out)
	enc.Indent("", "  ")
	if err := enc.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(out, "\n")
	return err
}
