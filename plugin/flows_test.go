package plugin

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A flow is a story of a sale. Lines at the margin tell it; indented lines are
// what happens and what the till must show:
//
//	OPERATION [name=value …] -> STATUS [CODE | {JSON} | html | cut] [name=value …]
//	OPERATION [name=value …] -> lost FAILURE [sent=…]
//	press ACTION                 the cashier chooses
//	press ACTION: not offered    the till cannot choose that now
//	= CARD | BANNER | MONEY | RETRY | ACTION … [| doubt] [| rest AMOUNT]
//	= says WORDS                 somewhere on the last card, in English
//	= never ACTION …             not one of them is on the last card
//	= about KIND OPERATION AMOUNT  the payment that the money line comes from
//	wait DURATION
//	policy {JSON}
//	sale NAME                    another customer steps up; each sale has its own state
//	restart                      the till starts anew: only the states handed back stay
//	corrupt | newer | older      what happens to the state of the sale at rest
//
// Names before the arrow: format, type, capture, amount, key, call, and auth
// and cap for the numbers in the path. After it: found (none, or
// STATE:AMOUNT[:ID],…), result, retry_after, date, sent. With -update the lines
// of cards and of `about` are written anew; read them before they are committed.
type flow struct {
	t      *testing.T
	module *Module
	policy string
	now    time.Time
	sales  map[string]json.RawMessage
	sale   string
	last   Answer
	at     string // file and line, for failures
	shown  string // with -update: what stands in the place of this line
}

func TestFlows(t *testing.T) {
	files, err := filepath.Glob("testdata/flows/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			f := &flow{t: t, module: &Module{}, now: time.UnixMilli(noon), sales: map[string]json.RawMessage{}}
			expectations := 0
			lines := strings.Split(string(text), "\n")
			for i, line := range lines {
				if !strings.HasPrefix(line, "    ") {
					continue
				}
				f.at = fmt.Sprintf("%s:%d: %s", name, i+1, strings.TrimSpace(line))
				if f.play(strings.TrimSpace(line)) {
					expectations++
				}
				if f.shown != "" {
					lines[i], f.shown = "    = "+f.shown, ""
				}
			}
			require.Positive(t, expectations)
			golden(t, name, []byte(strings.Join(lines, "\n")))
		})
	}
}

func (f *flow) play(line string) (expectation bool) {
	word, rest, _ := strings.Cut(line, " ")
	switch {
	case word == "=":
		f.expect(rest)
		return true
	case word == "wait":
		d, err := time.ParseDuration(rest)
		require.NoError(f.t, err, f.at)
		f.now = f.now.Add(d)
	case word == "policy":
		f.policy = `{"policy":` + rest + `}`
		f.configure()
	case word == "sale":
		f.sale = rest
	case word == "restart":
		f.module = &Module{}
		f.configure()
	case word == "corrupt" || word == "newer" || word == "older":
		f.tamper(word)
	case word == "press":
		id, want, _ := strings.Cut(rest, ": ")
		out := f.answer(map[string]any{"action": id})
		if want == "not offered" {
			require.Contains(f.t, string(out), `"kind":"action_not_offered"`, f.at)
			return true
		}
		f.keep(out)
	default:
		f.keep(f.answer(map[string]any{"exchange": f.exchange(line)}))
	}
	return false
}

func (f *flow) configure() {
	if f.policy != "" {
		require.Equal(f.t, "{}", string(f.module.Configure([]byte(f.policy))), f.at)
	}
}

func (f *flow) tamper(how string) {
	sale := string(f.sales[f.sale])
	require.NotEmpty(f.t, sale, f.at)
	switch how {
	case "corrupt":
		sale = strings.Replace(sale, `"v":2`, `"v":2,"codes":0`, 1)
		sale = strings.Replace(sale, `"checks":1`, `"checks":0`, 1)
		sale = sale[:len(sale)-4] + `x"}`
	case "newer":
		sale = strings.Replace(sale, `"v":2`, `"mood":{"of":["the","day"]},"v":2,"check2":"0badcafe"`, 1)
	case "older": // members in another order, as a till that keeps a map would hand them back
		var m map[string]any
		require.NoError(f.t, json.Unmarshal([]byte(sale), &m))
		b, err := json.MarshalIndent(m, "", "  ")
		require.NoError(f.t, err)
		sale = string(b)
	}
	f.sales[f.sale] = json.RawMessage(sale)
}

func (f *flow) answer(event map[string]any) []byte {
	event["v"], event["at"], event["utc_offset_min"] = 1, f.now.UnixMilli(), -300
	if sale := f.sales[f.sale]; sale != nil {
		event["sale"] = sale
	}
	return bytes.Clone(f.module.Answer(marshal(f.t, event)))
}

func (f *flow) keep(out []byte) {
	f.last = Answer{}
	require.NotContains(f.t, string(out), `"error":`, f.at)
	unmarshal(f.t, out, &f.last)
	f.sales[f.sale] = marshal(f.t, f.last.Sale)
}

func (f *flow) exchange(line string) Exchange {
	before, after, ok := strings.Cut(line, " -> ")
	require.True(f.t, ok, f.at)
	words := strings.Fields(before)
	x := Exchange{Operation: Operation(words[0])}
	require.Equal(f.t, x.Operation, about(x.Operation).name, f.at)
	for _, w := range words[1:] {
		name, val, _ := strings.Cut(w, "=")
		switch name {
		case "format":
			x.Request.Format = Method(val)
		case "type":
			x.Request.TransactionType = val
		case "capture":
			x.Request.AutoCapture = ptr(val == "true")
		case "amount":
			x.Request.Amount = val
		case "key":
			x.Request.IdempotencyKey = val
		case "call":
			x.Call = val
		case "auth":
			x.URL = "/authorization/" + val
		case "cap":
			x.URL += "/capture/" + val
		default:
			require.Fail(f.t, "no such name", f.at)
		}
	}
	if x.URL != "" {
		x.Method, x.URL, x.Operation = "POST", x.URL+"/"+words[0], ""
		if words[0] == "authorization_get" {
			x.Method, x.URL = "GET", strings.TrimSuffix(x.URL, "/authorization_get")
		}
	}
	f.reply(&x, strings.Fields(after))
	return x
}

func (f *flow) reply(x *Exchange, words []string) {
	if words[0] == "lost" {
		x.Failure = Failure(words[1])
		words = words[2:]
	} else {
		_, err := fmt.Sscan(words[0], &x.Status)
		require.NoError(f.t, err, f.at)
		words = words[1:]
	}
	x.Headers = map[string]string{}
	for _, w := range words {
		name, val, isPair := strings.Cut(w, "=")
		switch {
		case strings.HasPrefix(w, "{") || strings.HasPrefix(w, "["):
			x.Body = w
		case !isPair && w == "html":
			x.Body = "<html><body>Bad gateway</body></html>"
		case !isPair && w == "cut":
			x.Body = `{"authorization_id":"12`
		case !isPair:
			x.Body = `{"url":"/x","message":"x","error":"` + w + `"}`
		case name == "found":
			x.Found = []Found{}
			for p := range strings.SplitSeq(val, ",") {
				if part := strings.Split(p+"::", ":"); part[0] != "none" {
					x.Found = append(x.Found, Found{FoundState(part[0]), part[1], part[2]})
				}
			}
		case name == "result":
			x.Result = Result(val)
		case name == "sent":
			x.Sent = Sent(val)
		case name == "retry_after" || name == "date":
			x.Headers[strings.ReplaceAll(name, "_", "-")] = strings.ReplaceAll(val, "_", " ")
		default:
			require.Fail(f.t, "no such name", f.at)
		}
	}
}

func (f *flow) expect(what string) {
	d := f.last.Decision
	if words, ok := strings.CutPrefix(what, "says "); ok {
		require.Contains(f.t, string(marshal(f.t, f.last.Prompt)), words, f.at)
		return
	}
	if none, ok := strings.CutPrefix(what, "never "); ok {
		for id := range strings.FieldsSeq(none) {
			if offers(d, ActionID(id)) && *update {
				f.t.Error("still offered: ", id, " ", f.at)
				continue
			}
			require.False(f.t, offers(d, ActionID(id)), f.at)
		}
		return
	}
	if want, ok := strings.CutPrefix(what, "about "); ok {
		got := string(d.MoneyKind) + " - -"
		if d.About != nil {
			got = fmt.Sprint(d.MoneyKind, " ", d.About.Operation, " ", d.About.Amount)
			if d.About.Amount == "" {
				got += "?"
			}
		}
		f.match("about ", want, got)
		return
	}
	retry := string(d.Retry.Policy)
	switch {
	case d.Retry.Left > 0:
		retry += fmt.Sprint(" ", d.Retry.Left)
	case d.Retry.Policy == RetryCheckFirst && d.Doubt:
		retry += " 0"
	}
	if d.Retry.AfterS > 0 {
		retry += fmt.Sprint(" ", d.Retry.AfterS, "s")
	}
	if d.Retry.Until > 0 {
		retry += " until " + time.UnixMilli(d.Retry.Until).UTC().Format("Mon 15:04")
	}
	got := []string{d.Card.String(), string(d.Banner), string(d.Money), retry, strings.Trim(fmt.Sprint(ids(d.Actions)), "[]")}
	if d.Doubt {
		got = append(got, "doubt")
	}
	if d.Rest != nil {
		got = append(got, "rest "+d.Rest.Amount)
	}
	f.match("", what, strings.Join(got, " | "))
}

func (f *flow) match(word, want, got string) {
	if *update {
		f.shown = word + got
		return
	}
	require.Equal(f.t, want, got, f.at)
}
