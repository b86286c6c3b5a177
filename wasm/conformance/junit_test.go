package conformance

import (
	"bytes"
	"encoding/xml"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestJUnit(t *testing.T) {
	r := Report{Host: Host{Name: "a <host>", Engine: "an & engine"}}
	r.Passed("vectors/one")
	r.Failed("vectors/two", errors.New("there was to be \"a\", and \x1b[2J is \x00 there ]]>"))
	r.NotOffered("hostile/loops", "its engine cannot interrupt a call")
	r.Passed("hostile/traps")

	var out bytes.Buffer
	require.NoError(t, r.JUnit(&out))
	require.NotContains(t, out.String(), "\x1b", "no letter that XML forbids")
	var got junitSuites
	require.NoError(t, xml.Unmarshal(out.Bytes(), &got))
	require.Len(t, got.Suites, 2, "a suite for each group")
	for i, want := range []struct {
		name                     string
		tests, failures, skipped int
	}{{"vectors", 2, 1, 0}, {"hostile", 2, 0, 1}} {
		s := got.Suites[i]
		require.Equal(t, want.name, s.Name)
		require.Equal(t, []int{want.tests, want.failures, 0, want.skipped}, []int{s.Tests, s.Failures, s.Errors, s.Skipped})
		require.Len(t, s.Cases, want.tests)
	}
	require.Contains(t, got.Suites[0].Cases[1].Failure.Message, "there was to be")
	require.Equal(t, "its engine cannot interrupt a call", got.Suites[1].Cases[0].Skipped.Message)
	require.Nil(t, got.Suites[1].Cases[1].Skipped, "what holds is neither skipped")
	require.Nil(t, got.Suites[1].Cases[1].Failure, "nor failed")

	var again bytes.Buffer
	require.NoError(t, r.JUnit(&again))
	require.Equal(t, out.String(), again.String(), "equal runs give equal files")
}

// The schema that CI systems share names each element's children and attributes.
func TestJUnitHasTheSchemasShape(t *testing.T) {
	r := Report{Host: Host{Name: "h", Engine: "e"}}
	r.Failed("a/b", errors.New("c"))
	r.NotOffered("a/d", "e")
	var out bytes.Buffer
	require.NoError(t, r.JUnit(&out))
	children := map[string][]string{
		"testsuites": {"testsuite"},
		"testsuite":  {"properties", "testcase", "system-out", "system-err"},
		"testcase":   {"skipped", "error", "failure", "system-out", "system-err"},
	}
	attributes := map[string][]string{
		"testsuites": {"name"},
		"testsuite":  {"name", "tests", "failures", "errors", "skipped", "time"},
		"testcase":   {"name", "classname", "time"},
		"failure":    {"message"},
		"skipped":    {"message"},
	}
	var open []string
	for d := xml.NewDecoder(&out); ; {
		token, err := d.Token()
		if token == nil {
			require.ErrorContains(t, err, "EOF")
			return
		}
		switch e := token.(type) {
		case xml.StartElement:
			if len(open) > 0 {
				require.Contains(t, children[open[len(open)-1]], e.Name.Local)
			}
			var names []string
			for _, a := range e.Attr {
				names = append(names, a.Name.Local)
			}
			require.ElementsMatch(t, attributes[e.Name.Local], names, e.Name.Local)
			open = append(open, e.Name.Local)
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}
