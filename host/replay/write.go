package replay

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Formats are the names that Write knows.
var Formats = []string{"text", "json", "junit", "html"}

// CheckFormat refuses a name that is none of Formats, before any work is done.
func CheckFormat(format string) error {
	if slices.Contains(Formats, format) {
		return nil
	}
	return fmt.Errorf("there is no format %q: use one of %s", format, strings.Join(Formats, ", "))
}

// Write writes the report in one of the Formats.
func (r *Report) Write(out io.Writer, format string, j Judgement) error {
	var err error
	switch format {
	case "text":
		err = r.WriteText(out, j)
	case "json":
		err = r.WriteJSON(out)
	case "junit":
		err = r.WriteJUnit(out, j)
	case "html":
		err = r.WriteHTML(out, j)
	default:
		return CheckFormat(format)
	}
	if err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}
