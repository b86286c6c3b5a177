package calendar

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAgreesWithPackageTime(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		at := time.Unix(r.Int64N(4e9), 0).UTC()
		for _, form := range []string{time.RFC1123[:len(time.RFC1123)-3] + "GMT", time.ANSIC} {
			got, ok := HTTPDate(at.Format(form))
			require.True(t, ok, at)
			require.Equal(t, at.Unix(), got, at)
		}
		if y := at.Year(); y < 2070 {
			got, ok := HTTPDate(at.Format("Monday, 02-Jan-06 15:04:05 GMT"))
			require.True(t, ok, at)
			require.Equal(t, at.Unix(), got, at)
		}
		offset := r.IntN(2*840+1) - 840
		there := at.In(time.FixedZone("", offset*60))
		weekday, hour, minute := Clock(at.UnixMilli(), offset)
		require.Equal(t, []int{int(there.Weekday()), there.Hour(), there.Minute()}, []int{weekday, hour, minute}, there)
	}
}

func TestTheExamplesOfRFC9110(t *testing.T) {
	for _, s := range []string{"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"} {
		got, ok := HTTPDate(s)
		require.True(t, ok, s)
		require.Equal(t, int64(784111777), got, s)
	}
}

func TestNoDates(t *testing.T) {
	for _, s := range []string{"", "soon", "Mon, 23 Foo 2026 12:00:07 GMT", "Mon, 23 Nov 2026 12:00:07 EST", "Mon, 33 Nov 2026 12:00:07 GMT", "Mon, 23 Nov 2026 25:00:07 GMT", "a b c d e", "x, 1-2 3 GMT", "Mon, -3 Nov 2026 12:00:07 GMT", "Mon, 23 Nov 2026 12:00:07", "Mon, 23 anF 2026 12:00:07 GMT", "Mon, 23 Nov 2026 12:00 GMT", "Mon, 23 Nov 99999 12:00:07 GMT", "Monday, 23-Nov 12:00:07 GMT"} {
		_, ok := HTTPDate(s)
		require.False(t, ok, s)
	}
}
