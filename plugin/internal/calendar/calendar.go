// Package calendar is the little of a calendar that the rules need, by
// arithmetic: package time would bring time zones along.
package calendar

import (
	"strconv"
	"strings"
)

// days counts days from 1970-01-01 in the Gregorian calendar; the year is
// shifted to begin in March, so that the leap day comes last.
func days(y, m, d int) int64 {
	if m <= 2 {
		y--
		m += 12
	}
	era := y / 400
	yearOfEra := y - era*400
	dayOfYear := (153*(m-3)+2)/5 + d - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return int64(era)*146097 + int64(dayOfEra) - 719468
}

const months = "JanFebMarAprMayJunJulAugSepOctNovDec"

// HTTPDate reads a date of HTTP, in any of the three forms of RFC 9110, section
// 5.6.7, as Unix seconds. A year of two digits is one of 1970 to 2069.
//
//	Sun, 06 Nov 1994 08:49:37 GMT
//	Sunday, 06-Nov-94 08:49:37 GMT
//	Sun Nov  6 08:49:37 1994
func HTTPDate(s string) (seconds int64, ok bool) {
	words := strings.Fields(s)
	var date []string // day, month, year
	var clock string
	switch {
	case len(words) == 6 && words[5] == "GMT":
		date, clock = words[1:4], words[4]
	case len(words) == 4 && words[3] == "GMT":
		date, clock = strings.Split(words[1], "-"), words[2]
	case len(words) == 5:
		date, clock = []string{words[2], words[1], words[4]}, words[3]
	}
	parts := strings.Split(clock, ":")
	if len(date) != 3 || len(date[1]) != 3 || len(parts) != 3 {
		return 0, false
	}
	month := strings.Index(months, date[1])
	var n [5]int
	for i, text := range [...]string{date[0], date[2], parts[0], parts[1], parts[2]} {
		v, err := strconv.ParseUint(text, 10, 14)
		if err != nil {
			return 0, false
		}
		n[i] = int(v)
	}
	if len(date[2]) == 2 {
		n[1] = 1970 + (n[1]+30)%100
	}
	if month < 0 || month%3 != 0 || n[0] < 1 || n[0] > 31 || n[2] > 23 || n[3] > 59 || n[4] > 60 {
		return 0, false
	}
	return days(n[1], month/3+1, n[0])*86400 + int64(n[2]*3600+n[3]*60+n[4]), true
}

// Clock gives the till's own wall clock for a Unix time in milliseconds;
// weekdays count from Sunday.
func Clock(ms int64, offsetMin int) (weekday, hour, minute int) {
	minutes := ms/60000 + int64(offsetMin)
	day := minutes / 1440
	if minutes%1440 < 0 {
		day--
	}
	inDay := int(minutes - day*1440)
	return int(((day+4)%7 + 7) % 7), inDay / 60, inDay % 60
}
