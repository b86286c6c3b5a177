package importer

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Reasons why an entry of a recording is skipped. An entry that the module
// refuses is skipped by the kind of its error.
const (
	SkipUnreadable = "unreadable"         // no JSON, or not of the format
	SkipForeign    = "not_a_flexiti_call" // another host or path
	SkipPreflight  = "browser_preflight"  // OPTIONS: the browser's, not the POS's
	SkipNoCall     = "not_a_call"         // CONNECT, HEAD, TRACE, a WebSocket, an answer from the cache
	SkipNoBody     = "body_not_recorded"  // there was one, and the recording does not have it
	SkipNoResponse = "no_response_recorded"
	SkipTooLong    = "line_too_long"       // beyond 1 MiB
	SkipCard       = "may_hold_a_card"     // the journal's guard refused the record
	SkipNoExchange = "line_of_no_exchange" // a JSON line without an exchange
	SkipEmpty      = "empty"               // a recording with nothing in it
	SkipNotReached = "not_reached"         // the import ended before
)

// maxPlaces bounds how many places a report names: a recording may be rubbish from end to end.
const maxPlaces = 20

// Report counts what became of a recording's entries.
type Report struct {
	Entries int64
	Records int64
	Sales   int
	Alone   int64 // records of which nothing tells the sale
	Undated int64 // records whose time could not be read
	Skipped map[string]int64
	Unread  int64    // entries that are about Flexiti or may be, and could not be read whole
	Places  []string // where the first of these stand; never what they say
}

func (r *Report) skip(reason string, n int64) {
	if n > 0 {
		r.Skipped[reason] += n
	}
}

func (r *Report) skipped() int64 {
	sum := int64(0)
	for _, n := range r.Skipped {
		sum += n
	}
	return sum
}

// unread skips an entry that should have been a record.
func (i *importer) unread(n int64, reason string) {
	i.report.skip(reason, 1)
	i.notWhole(n, reason)
}

func (i *importer) notWhole(n int64, reason string) {
	i.report.Unread++
	if len(i.report.Places) < maxPlaces {
		i.report.Places = append(i.report.Places, fmt.Sprintf("%q, %s %d: %s", i.path, i.unit, n, reason))
	}
}

// Text says in a few lines what became of the entries.
func (r *Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d entries = %d records + %d skipped, %d sales\n", r.Entries, r.Records, r.skipped(), r.Sales)
	for _, reason := range slices.Sorted(maps.Keys(r.Skipped)) {
		fmt.Fprintf(&b, "  skipped: %d %s\n", r.Skipped[reason], reason)
	}
	if r.Alone > 0 {
		fmt.Fprintf(&b, "  without an id of their sale: %d records, each a sale of its own\n", r.Alone)
	}
	if r.Undated > 0 {
		fmt.Fprintf(&b, "  without a time that can be read: %d records, which keep their place\n", r.Undated)
	}
	if len(r.Places) > 0 {
		b.WriteString("could not be read whole:\n  " + strings.Join(r.Places, "\n  ") + "\n")
	}
	if more := r.Unread - int64(len(r.Places)); more > 0 {
		fmt.Fprintf(&b, "  and %d more\n", more)
	}
	return b.String()
}
