package plugin

import (
	"strconv"
	"strings"
)

// The calendar by arithmetic, for package time would bring time zones along.

// daysFromCivil counts days from 1970-01-01 in the Gregorian calendar, and
// civilFromDays is its inverse; both shift the year to begin in March, so that
// the leap day comes last.
func daysFromCivil(y, m, d int) int64 {
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

func civilFromDays(days int64) (y, m, d int) {
	days += 719468
	era := days / 146097
	dayOfEra := days - era*146097
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	month := (5*dayOfYear + 2) / 153
	d = int(dayOfYear - (153*month+2)/5 + 1)
	m = int(month) + 3
	y = int(yearOfEra + era*400)
	if m > 12 {
		m -= 12
		y++
	}
	return y, m, d
}

const months = "JanFebMarAprMayJunJulAugSepOctNovDec"

// httpDate reads "Sun, 06 Nov 1994 08:49:37 GMT" as Unix seconds.
func httpDate(s string) (int64, bool) {
	if len(s) != 29 || s[3:5] != ", " || s[25:] != " GMT" || s[19] != ':' || s[22] != ':' {
		return 0, false
	}
	day, err1 := strconv.Atoi(s[5:7])
	year, err2 := strconv.Atoi(s[12:16])
	hour, err3 := strconv.Atoi(s[17:19])
	minute, err4 := strconv.Atoi(s[20:22])
	second, err5 := strconv.Atoi(s[23:25])
	month := strings.Index(months, s[8:11])
	if err1 != nil || err2 != nil || err3 != nil || err4 != nil || err5 != nil || month < 0 || month%3 != 0 {
		return 0, false
	}
	return daysFromCivil(year, month/3+1, day)*86400 + int64(hour*3600+minute*60+second), true
}

// clockTime gives the till's own wall clock for a Unix time in milliseconds.
func clockTime(ms int64, offsetMin int) (weekday, hour, minute int) {
	minutes := ms/60000 + int64(offsetMin)
	days := minutes / 1440
	if minutes%1440 < 0 {
		days--
	}
	inDay := int(minutes - days*1440)
	return int(((days+4)%7 + 7) % 7), inDay / 60, inDay % 60
}

// calendarDay gives the till's own date for a Unix time in milliseconds.
func calendarDay(ms int64, offsetMin int) (year, month, day int) {
	return civilFromDays((ms/60000 + int64(offsetMin)) / 1440)
}
