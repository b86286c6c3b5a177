package importer

import (
	"strconv"
	"strings"
	"time"
)

// layouts are how recorders write a time; Go takes fractions of a second with each.
var layouts = []string{
	time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02T15:04:05-07", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05",
}

// when reads a startedDateTime: 0 where it cannot be read. A time without a
// zone is read as if it were UTC: it orders the entries of its file, and what
// is counted from one to the next is right. The offset is the till's, and nil
// where the zone does not tell it: Z is how browsers write any place, and some
// write it as +00:00. No store of Flexiti's is there.
func when(text string) (at int64, offsetMin *int) {
	text = strings.Replace(strings.TrimSpace(text), " ", "T", 1)
	for _, layout := range layouts {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		if _, seconds := t.Zone(); seconds != 0 {
			minutes := seconds / 60
			offsetMin = &minutes
		}
		return max(t.UnixMilli(), 0), offsetMin
	}
	return 0, nil
}

// milliseconds reads how long an entry took. What is no time, or longer than
// a day, is none.
func milliseconds(text string) int64 {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n > 0 && n < 24*60*60*1000) {
		return 0
	}
	return int64(n)
}
