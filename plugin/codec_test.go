package plugin

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// everything gives a parsed value as encoding/json would with UseNumber.
func everything(v value) any {
	switch v.kind() {
	case jsonBool:
		b, _ := v.boolean()
		return b
	case jsonNumber:
		return json.Number(v.raw())
	case jsonString:
		s, _ := v.str()
		return s
	case jsonArray:
		list := []any{}
		for e := v.first(); e.kind() != jsonMissing; e = e.next() {
			list = append(list, everything(e))
		}
		return list
	case jsonObject:
		members := map[string]any{}
		for m := v.first(); m.kind() != jsonMissing; m = m.next() {
			members[m.key()] = everything(v.get(m.key()))
		}
		return members
	}
	return nil
}

// sameAsStandard holds the reader to encoding/json: it takes the same texts,
// and reads the same out of them.
func sameAsStandard(t *testing.T, text string) {
	t.Helper()
	var doc document
	v, err := doc.parse(text)
	if err != nil && err.Kind != BadJSON {
		return // a limit of ours: too deep, too many
	}
	require.Equal(t, json.Valid([]byte(text)), err == nil, "%q", text)
	if err != nil {
		return
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var want any
	require.NoError(t, d.Decode(&want))
	require.Equal(t, want, everything(v), "%q", text)
}

var awkwardTexts = []string{
	``, ` `, `{}`, `[]`, `null`, `true`, `false`, `nul`, `truex`, `"`, `"a`, `{`, `[`, `[1,]`, `{"a":1,}`, `{,}`, `{"a"}`, `{"a":}`, `{a:1}`,
	`{'a':1}`, `[1 2]`, `1 2`, `{} {}`, "\ufeff{}", "{}\x00", "\x00", `"\u0000"`, "\"\x00\"", "\"\x1f\"", "\"\x7f\"", "\"\t\"", `"\x"`, `"\u12"`,
	`"\u12G4"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\ude00\ud83d"`, `"\ud83d\u0041"`, `"\ud83d\ud83d\ude00"`, `"\ud83dx"`, "\"\xff\"", "\"\xc3\"",
	"\"\xe2\x82\"", "\"\xed\xa0\x80\"", "\"\xf4\x90\x80\x80\"", `"\/\b\f\n\r\t\"\\"`, `"é\u00e9"`, "\"\u2028\"", `{"a":1,"a":2}`,
	`{"a":1,"\u0061":2}`, `{"A":1,"a":2}`, `{"":0}`, `{"a":{"a":{"a":[[[{}]]]}}}`, `0`, `-0`, `-`, `+1`, `01`, `1.`, `.5`, `1e`, `1e+`, `1E400`,
	`-1e-400`, `0.0e0`, `1.5E+3`, `123456789012345678901234567890`, "[1,\n2\t,\r3 ]", "[1,\v2]", "[1,\u00a02]", `//x`, `{"a":1}//x`, `NaN`,
	`Infinity`, `[` + strings.Repeat(`"x",`, 200) + `0]`, strings.Repeat("[", 32) + strings.Repeat("]", 32),
}

func TestReaderReadsWhatEncodingJSONReads(t *testing.T) {
	for _, text := range awkwardTexts {
		sameAsStandard(t, text)
	}
	g := newGenerator(1)
	for range 3000 { // cut and damaged ones
		b := []byte(`{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00",{"b":null,"b":true}],"` + pick(g, awkwardTexts...) + `":"\n"}`)
		for range g.IntN(3) {
			b[g.IntN(len(b))] = byte(g.IntN(256))
		}
		sameAsStandard(t, string(b[:len(b)-g.IntN(2)*g.IntN(len(b))]))
	}
}

func FuzzReader(f *testing.F) {
	for _, text := range awkwardTexts {
		f.Add(text)
	}
	f.Fuzz(sameAsStandard)
}

func TestReaderKnowsNamesExactly(t *testing.T) {
	var doc document
	v, err := doc.parse(`{"Status":1,"STATUS":2,"stat\u0075s":3,"status ":4,"status":5,"Status":6}`)
	require.Nil(t, err)
	n, ok := v.get("status").integer()
	require.True(t, ok)
	require.EqualValues(t, 5, n)
}

func TestReaderTakesWholeNumbersHoweverWritten(t *testing.T) {
	cases := []struct {
		text string
		want int64
		ok   bool
	}{
		{"409", 409, true}, {"409.0", 409, true}, {"4.09e2", 409, true}, {"4090e-1", 409, true}, {"0.409E+3", 409, true},
		{"4.09000e002", 409, true}, {"409.5", 0, false}, {"4.095e2", 0, false}, {"-0", 0, true}, {"-0.0e9", 0, true}, {"0e999999999", 0, true},
		{"1e400", 0, false}, {"1e-400", 0, false}, {"1e99999999999999999999", 0, false}, {"-409", -409, true},
		{"9007199254740991", 9007199254740991, true}, {"9007199254740992", 0, false}, {"-9007199254740991", -9007199254740991, true},
		{"1795530727000", 1795530727000, true}, {"1.795530727e12", 1795530727000, true}, {"100e-2", 1, true}, {"1000e-4", 0, false},
		{"0.0000000000000000000000001e25", 1, true}, {"10000000000000000000000e-22", 1, true}, {`"409"`, 0, false}, {"true", 0, false},
	}
	for _, c := range cases {
		t.Run(c.text, func(t *testing.T) {
			var doc document
			v, err := doc.parse(c.text)
			require.Nil(t, err)
			n, ok := v.integer()
			require.Equal(t, c.ok, ok)
			if ok {
				require.Equal(t, c.want, n)
			}
		})
	}
}

func TestReaderBoundsItsInput(t *testing.T) {
	var m Module
	kind := func(in string) ErrorKind {
		var e struct{ Error Error }
		require.NoError(t, json.Unmarshal(m.Answer([]byte(in)), &e))
		return e.Error.Kind
	}
	event := func(extra string) string {
		return `{"v":1,"exchange":{"operation":"lookup","status":500},"extra":` + extra + `}`
	}
	cases := []struct {
		name string
		in   string
		want ErrorKind
	}{
		{"31 deep within the event", event(strings.Repeat("[", 31) + strings.Repeat("]", 31)), ""},
		{"32 deep within the event", event(strings.Repeat("[", 32) + strings.Repeat("]", 32)), TooDeep},
		{"deep and never closed", strings.Repeat("[", 100_000), TooDeep},
		{"deep objects", strings.Repeat(`{"a":`, 100), TooDeep},
		{"as large as may be", event(`"` + strings.Repeat("x", MaxInput-len(event(`""`))) + `"`), ""},
		{"a byte too large", event(`"` + strings.Repeat("x", MaxInput+1-len(event(`""`))) + `"`), TooLarge},
		{"too many values", event("[" + strings.Repeat("0,", MaxValues) + "0]"), TooLarge},
		{"cut", `{"v":1,"exchange":{"operation":"lookup"`, BadJSON},
		{"two events", `{"v":1} {"v":1}`, BadJSON},
		{"nothing", ``, BadJSON},
		{"a byte order mark", "\ufeff" + event("0"), BadJSON},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, kind(c.in)) })
	}
}

// awkwardStrings are what a writer can get wrong.
var awkwardStrings = []string{
	"", "plain", "quote\"", "back\\slash", "<a href='&'>", "tab\tline\nreturn\r", "\b\f\v\x00\x1f\x7f", "é à « » ’ \u00a0", "\u2028\u2029", "\xff",
	"cut\xe2\x82", "\xed\xa0\x80", "😀", "\ufeff", "\ufffd",
}

// fill puts random values into everything that v holds.
func fill(r *rand.Rand, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		texts := awkwardStrings
		if v.Type() != reflect.TypeFor[string]() {
			texts = []string{"", "plain", "two_words", "en-CA"} // a vocabulary of the contract
		}
		v.SetString(texts[r.IntN(len(texts))])
	case reflect.Int, reflect.Int64:
		v.SetInt([]int64{0, 1, -1, 409, maxInteger, -maxInteger}[r.IntN(6)])
		if v.Kind() == reflect.Int {
			v.SetInt(v.Int() % (1 << 31))
		}
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Pointer:
		if r.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(r, v.Elem())
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), r.IntN(3), 3))
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			fill(r, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(r, v.Field(i))
		}
	}
}

func written(write func(w *list)) string {
	var w list
	write(&w)
	return string(w.out)
}

// The writer gives the bytes of encoding/json for whatever the types can hold,
// so that their JSON tags are the one description of the format.
func TestWriterWritesWhatEncodingJSONWrites(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 3))
	for range 3000 {
		var a Answer
		fill(r, reflect.ValueOf(&a).Elem())
		if a.Record != nil { // the one liberty: without a ref, a record is what its ref is a sum of
			a.Record.Ref = "7F3K"
		}
		require.Equal(t, string(marshal(t, a)), written(func(w *list) { appendAnswer(w, a) }))
	}
	for _, a := range []Answer{
		{Prompt: Prompt{Actions: []PromptAct{}, Fields: []PromptField{}}, Decision: Decision{Actions: []Action{}, Fields: []Field{}}},
		{Prompt: Prompt{Actions: []PromptAct{}, Fields: []PromptField{}}, Decision: Decision{Actions: []Action{}, Fields: []Field{}},
			Record: &Record{Ref: "2222", Facts: Facts{Found: []Found{}}, Decision: Decision{Actions: []Action{}, Fields: []Field{}}}},
	} {
		require.Equal(t, string(marshal(t, a)), written(func(w *list) { appendAnswer(w, a) }))
	}
}

// read parses what encoding/json has written.
func read(t *testing.T, v any) value {
	t.Helper()
	doc := &document{}
	parsed, err := doc.parse(string(marshal(t, v)))
	require.Nil(t, err)
	return parsed
}

// What the stages make comes back from JSON as it was: by encoding/json, and by the module's reader.
func TestEverythingComesBackFromJSON(t *testing.T) {
	g := newGenerator(4)
	for range 200 {
		p := g.policy()
		g.walk(12, p, func(f Facts, before Sale, d Decision, after Sale) {
			var err *Error
			require.Equal(t, f, readFacts(read(t, f), &err))
			require.Nil(t, err)

			require.Equal(t, after, readSale(read(t, after)))

			r := &reader{}
			require.Equal(t, d.Matched, readMatched(r, read(t, d.Matched)))
			back := readDecision(r, read(t, d))
			require.Nil(t, r.err, "%+v", d)
			require.Equal(t, string(marshal(t, d)), written(func(w *list) { appendDecision(w, back) }))

			read, err := readPolicy(read(t, p))
			require.Nil(t, err)
			require.Equal(t, p, read)
		})
	}
}

// The module's JSON face and the Go functions are one thing.
func TestModuleAnswersWhatTheStagesDecide(t *testing.T) {
	g := newGenerator(5)
	for range 100 {
		p := g.policy()
		var m Module
		require.JSONEq(t, `{}`, string(m.Configure(marshal(t, map[string]any{"policy": p}))))
		g.walk(10, p, func(f Facts, before Sale, d Decision, after Sale) {
			out := m.Answer(marshal(t, map[string]any{"v": 1, "facts": f, "sale": before, "locale": "fr-CA", "customer_locale": "en-CA"}))
			var a Answer
			unmarshal(t, out, &a)
			require.Equal(t, after, a.Sale)
			require.Equal(t, marshal(t, d), marshal(t, a.Decision))
			l := Locale{Cashier: French, Customer: English, UTCOffsetMin: f.UTCOffsetMin}
			want := Render(d, Texts{}, l)
			want.Ref = a.Record.Ref
			require.Equal(t, marshal(t, want), marshal(t, a.Prompt))
			require.Equal(t, string(marshal(t, a)), string(bytes.Clone(out)))

			// Replay: the record alone gives the decision again.
			var again struct {
				V        int
				Decision Decision
				Sale     Sale
			}
			out = m.Decide(marshal(t, map[string]any{"v": 1, "facts": a.Record.Facts, "sale": a.Record.Before, "policy": a.Record.Policy}))
			unmarshal(t, out, &again)
			require.Equal(t, marshal(t, a.Record.Decision), marshal(t, again.Decision))
			require.Equal(t, after, again.Sale)
			require.Regexp(t, `^[2-9A-HJ-NP-Z]{4}$`, a.Record.Ref)
		})
	}
}

// fuzzSeeds are events of every kind.
func fuzzSeeds(t testing.TB) [][]byte {
	var seeds [][]byte
	g := newGenerator(6)
	for range 20 {
		p := g.policy()
		g.walk(6, p, func(f Facts, before Sale, d Decision, after Sale) {
			e := map[string]any{"v": 1, "at": f.At, "sale": before, "locale": "fr"}
			if f.Action != "" {
				e["action"] = f.Action
			} else {
				e["exchange"] = g.exchange()
			}
			seeds = append(seeds, marshal(t, e), marshal(t, map[string]any{"v": 1, "facts": f, "sale": after}),
				marshal(t, map[string]any{"v": 1, "decision": d, "ref": "7F3K", "sale": after}))
		})
	}
	return seeds
}

// checkAnswer holds what every answer to whatever input must be.
func checkAnswer(t *testing.T, m *Module, in []byte) {
	out := bytes.Clone(m.Answer(in))
	require.True(t, json.Valid(out), "%q", in)
	require.Equal(t, string(out), string(m.Answer(in)), "the same event, another answer")
	if bytes.HasPrefix(out, []byte(`{"error":`)) {
		return
	}
	var a Answer
	unmarshal(t, out, &a)
	require.NotEmpty(t, a.Prompt.Headline)
	require.Len(t, a.Prompt.Actions, len(a.Decision.Actions))
	require.Less(t, len(marshal(t, a.Sale)), MaxSale)
	if a.Record == nil {
		return
	}
	out = m.Decide(marshal(t, map[string]any{"v": 1, "facts": a.Record.Facts, "sale": a.Record.Before, "policy": a.Record.Policy}))
	var again struct {
		V        int
		Decision Decision
		Sale     Sale
	}
	unmarshal(t, out, &again)
	require.Equal(t, string(marshal(t, a.Record.Decision)), string(marshal(t, again.Decision)), "%q", in)
}

func FuzzAnswer(f *testing.F) {
	for _, seed := range fuzzSeeds(f) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in []byte) { checkAnswer(t, &Module{}, in) })
}

// A fixed share of what the fuzzer does, in every test run.
func TestAnswerToDamagedEvents(t *testing.T) {
	g, seeds := newGenerator(7), fuzzSeeds(t)
	var m Module
	for range 4000 {
		in := bytes.Clone(pick(g, seeds...))
		for range g.IntN(4) {
			switch i := g.IntN(len(in)); g.IntN(4) {
			case 0:
				in[i] = byte(g.IntN(256))
			case 1:
				in = append(in[:i:i], in[min(len(in), i+g.IntN(30)):]...)
			case 2:
				in = append(in[:i:i], append([]byte(pick(g, awkwardTexts...)), in[i:]...)...)
			case 3:
				in[i] = "0123456789\"{}[],:"[g.IntN(17)]
			}
			if len(in) == 0 {
				break
			}
		}
		checkAnswer(t, &m, in)
	}
}

// The check of a sale is no secret. One that was made up is held to what a sale can be.
func TestForgedSalesAreNotObeyed(t *testing.T) {
	words := []string{"canary", `x","y":"canary`, "a\nb", strings.Repeat("x", 2000)}
	forge := map[string]func(s *Sale, w string){
		"repeated":         func(s *Sale, w string) { s.Repeats, s.Repeated = 1, Operation(w) },
		"paying":           func(s *Sale, w string) { s.Paying = Operation(w) },
		"closed":           func(s *Sale, w string) { s.Closed = ActionID(w) },
		"last card":        func(s *Sale, w string) { s.Last.Card = w },
		"last operation":   func(s *Sale, w string) { s.Last.Operation = Operation(w) },
		"last format":      func(s *Sale, w string) { s.Last.Format = Method(w) },
		"last kind":        func(s *Sale, w string) { s.Last.Kind = MoneyKind(w) },
		"last money":       func(s *Sale, w string) { s.Last.Money = Money(w) },
		"last owner":       func(s *Sale, w string) { s.Last.Owner = Owner(w) },
		"doubt operation":  func(s *Sale, w string) { s.Doubt.Operation = Operation(w) },
		"doubt kind":       func(s *Sale, w string) { s.Doubt.Kind = MoneyKind(w) },
		"ruled out, often": func(s *Sale, w string) { s.RuledOut = slices.Repeat([]Method{MethodSMS}, 200) },
	}
	for name, change := range forge {
		for _, w := range words {
			t.Run(name, func(t *testing.T) {
				s := Sale{
					Last:  &Last{Card: "no_reply_payment", Operation: OpAuthorization, Kind: KindPurchase, Money: MoneyUnknown, Owner: OwnerSupervisor},
					Doubt: &Doubt{Operation: OpAuthorization, Kind: KindPurchase},
				}
				change(&s, w)
				s.V, s.Check = 1, ""
				s.Check = checksum(marshal(t, s))
				forged := marshal(t, s)
				var m Module
				out := m.Answer([]byte(`{"v":1,"exchange":{"operation":"lookup","status":404,"body":"{\"error\":\"not_found\"}"},"sale":` + string(forged) + `}`))
				require.True(t, json.Valid(out), "%s", out)
				require.Empty(t, leaked(out))
				require.Less(t, len(out), 8000)
				require.Contains(t, string(out), `"doubt":true`)
			})
		}
	}
}
