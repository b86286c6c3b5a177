package plugin

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestOperationByMethodAndURL(t *testing.T) {
	const base = "https://onlineapi.flexiti.example/flexiti/pos-api/v2.5/client-id/acme"
	cases := []struct {
		method, url string
		want        Operation
	}{
		{"POST", "https://onlineapi.flexiti.example/flexiti/pos-api/v2.5/oauth/token", OpToken},
		{"POST", "/flexiti/pos-api/v2.5/oauth/token/", OpToken},
		{"POST", base + "/merchants/login?lang=fr", OpMerchantsLogin},
		{"GET", base + "/i18n", OpI18n},
		{"POST", base + "/i18n?lang=en", OpI18n},
		{"GET", base + "/terms-and-conditions", OpTerms},
		{"POST", base + "/customers/driverslicense", OpDriversLicense},
		{"GET", base + "/customers/search?first_name=x&last_name=y&dob=z", OpSearch},
		{"GET", base + "/customers/lookup?account_number=1/refund", OpLookup},
		{"POST", base + "/accounts/1/calculate-interest", OpCalculateInterest},
		{"GET", base + "/account/1/calculate-interest", OpCalculateInterest},
		{"POST", base + "/account/1/verify", OpVerify},
		{"POST", "/flexiti/pos-api/v2.5/client-id/acme/customers/7/verify", OpVerify},
		{"POST", base + "/accounts/1/close", OpClose},
		{"POST", base + "/account/1/refund", OpRefund},
		{"POST", "/flexiti/pos-api/v2/client-id/acme/apply", OpApply},
		{"POST", base + "/transactions", OpTransactions},
		{"POST", "/flexiti/pos-api/v2.5.1/client-id/acme/authorization", OpAuthorization},
		{"POST", base + "/authorizations", OpAuthorization}, // page 574587210 sends a purchase there
		{"GET", base + "/authorizations", OpAuthorizations},
		{"GET", base + "/authorization/55", OpAuthorizationGet},
		{"POST", base + "/authorization/55/release", OpRelease},
		{"POST", base + "/authorization/55/capture", OpCapture},
		{"POST", base + "/authorization/55/capture/9/return", OpReturn},
		{"GET", base + "/captures#x", OpCaptures},
		{"POST", base + "/widget/init", OpWidgetInit},
		{"POST", "/flexiti/pos-api/v2.5/client-id/acmewidget/init", OpWidgetInit}, // page 9404505 lacks a slash
		{"post", "/FLEXITI/POS-API/V2.5/CLIENT-ID/ACME/AUTHORIZATION", OpAuthorization},
		{"", base + "/authorization/55", OpAuthorizationGet},
		{"GET", base + "/transactions", OpUnknownRead}, // what is no call of Flexiti's, and only reads
		{"GET", base + "/something-new", OpUnknownRead},
		{"POST", base + "/something-new", OpUnknown},
		{"DELETE", base + "/account/1", OpUnknown},
		{"POST", "", OpUnknown}, {"POST", "/", OpUnknown}, {"POST", "https://host", OpUnknown}, {"POST", "https://host?x=/apply", OpUnknown},
		{"POST", "https://authorization", OpUnknown}, {"POST", "///", OpUnknown}, {"POST", base + "/authorization/55/capture/9/return/x", OpUnknown},
	}
	for _, c := range cases {
		t.Run(c.method+" "+c.url, func(t *testing.T) {
			require.Equal(t, c.want, Recognise(Exchange{Method: c.method, URL: c.url, Status: 500}).Operation)
		})
	}
}

// An unknown call that is not a GET counts as one that moves money; nobody's URL makes a money call look like a read.
func TestNothingUnknownIsHarmless(t *testing.T) {
	g := newGenerator(31)
	words := []string{"account", "accounts", "customers", "authorization", "authorizations", "capture", "captures", "55", "refund", "release", "return",
		"lookup", "search", "verify", "", "x", "..", "%2f", "apply", "oauth", "token", "client-id", "v2.5"}
	for range 20000 {
		url := ""
		for range g.IntN(7) {
			url += "/" + pick(g, words...)
		}
		method := pick(g, "POST", "PUT", "DELETE", "PATCH", "")
		op := OperationOf(method, url)
		require.Equal(t, op, about(op).name, url)
		if method != "" {
			require.NotEqual(t, OpUnknownRead, op, "%s %s", method, url)
			require.NotContains(t, []Operation{OpAuthorizations, OpAuthorizationGet}, op, "%s %s", method, url)
		}
		require.False(t, MovesMoney(OperationOf("GET", url)), url)
	}
}

func TestRetryAfter(t *testing.T) {
	const date = "Mon, 23 Nov 2026 12:00:00 GMT"
	cases := []struct {
		name    string
		headers map[string]string
		want    int
	}{
		{"none", nil, 0},
		{"seconds", map[string]string{"Retry-After": "30"}, 30},
		{"blanks and case", map[string]string{"RETRY-AFTER": " 30 "}, 30},
		{"a day at most", map[string]string{"retry-after": "999999999"}, 86400},
		{"more than a number holds", map[string]string{"retry-after": "99999999999999999999999"}, 0},
		{"in the past", map[string]string{"retry-after": "-5"}, 0},
		{"a date", map[string]string{"retry-after": "Mon, 23 Nov 2026 12:00:07 GMT", "date": date}, 7},
		{"a date over a month's end", map[string]string{"retry-after": "Tue, 01 Mar 2028 00:00:01 GMT", "date": "Tue, 29 Feb 2028 23:59:59 GMT"}, 2},
		{"a date without a clock to count from", map[string]string{"retry-after": "Mon, 23 Nov 2026 12:00:07 GMT"}, 0},
		{"a date that is none", map[string]string{"retry-after": "Mon, 23 Foo 2026 12:00:07 GMT", "date": date}, 0},
		{"another form of date", map[string]string{"retry-after": "Monday, 23-Nov-26 12:00:07 GMT", "date": date}, 0},
		{"rubbish", map[string]string{"retry-after": "soon"}, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, Recognise(Exchange{Operation: OpLookup, Status: 429, Headers: c.headers}).RetryAfterS)
		})
	}
}

// The module's own calendar agrees with package time.
func TestCalendarAgreesWithPackageTime(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		at := time.Unix(r.Int64N(8e9)-1e9, 0).UTC()
		got, ok := httpDate(at.Format(time.RFC1123[:len(time.RFC1123)-3]) + "GMT")
		require.True(t, ok, at)
		require.Equal(t, at.Unix(), got, at)
		y, m, d := civilFromDays(daysFromCivil(at.Year(), int(at.Month()), at.Day()))
		require.Equal(t, at.Format(time.DateOnly), fmt.Sprintf("%04d-%02d-%02d", y, m, d))

		if at.Unix() < 0 {
			continue // no event is that old
		}
		offset := r.IntN(2*840+1) - 840
		there := at.In(time.FixedZone("", offset*60))
		weekday, hour, minute := clockTime(at.UnixMilli(), offset)
		require.Equal(t, []int{int(there.Weekday()), there.Hour(), there.Minute()}, []int{weekday, hour, minute}, there)
	}
}

func FuzzRecognise(f *testing.F) {
	for _, body := range append(oddBodies, awkwardTexts...) {
		f.Add("POST", "/account/1/verify", 409, body, "30")
	}
	f.Fuzz(func(t *testing.T, method, url string, status int, body, after string) {
		x := Exchange{Method: method, URL: url, Status: status, Body: body, Headers: map[string]string{"retry-after": after, "date": after}}
		facts := Recognise(x)
		require.LessOrEqual(t, len(facts.Fields), maxFields)
		require.LessOrEqual(t, len(facts.Code), 48)
		d, s := Decide(facts, Sale{}, Policy{})
		require.Empty(t, breach(facts, Policy{}, d, s))
	})
}
