package json_test

import (
	"bytes"
	stdjson "encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin/internal/json"
)

// everything gives a value as encoding/json would with UseNumber.
func everything(v json.Value) any {
	switch v.Kind() {
	case json.Bool:
		b, _ := v.Bool()
		return b
	case json.Number:
		return stdjson.Number(v.Raw())
	case json.String:
		s, _ := v.Str()
		return s
	case json.Array:
		list := []any{}
		for e := v.First(); e.Kind() != json.Missing; e = e.Next() {
			list = append(list, everything(e))
		}
		return list
	case json.Object:
		members := map[string]any{}
		for m := v.First(); m.Kind() != json.Missing; m = m.Next() {
			members[m.Key()] = everything(v.Get(m.Key()))
		}
		return members
	}
	return nil
}

// walked gives the same by a Reader.
func walked(r *json.Reader) any {
	switch r.Kind() {
	case json.Bool:
		b, _ := r.Bool()
		return b
	case json.Number:
		n := stdjson.Number(r.Value().Raw())
		r.Skip()
		return n
	case json.String:
		s, _ := r.Str()
		return s
	case json.Array:
		list := []any{}
		outer := r.Enter()
		for !r.Ended() {
			list = append(list, walked(r))
		}
		r.Leave(outer)
		return list
	case json.Object:
		members := map[string]any{}
		outer := r.Enter()
		for !r.Ended() {
			name := r.Name
			members[name] = walked(r)
		}
		r.Leave(outer)
		return members
	}
	r.Null()
	return nil
}

// written writes what encoding/json read, anew.
func written(w *json.Writer, v any) {
	switch v := v.(type) {
	case bool:
		w.Bool(v)
	case stdjson.Number:
		n, _ := v.Int64()
		w.Int(n)
	case string:
		w.String(v)
	case []any:
		w.Open('[')
		for _, e := range v {
			written(w, e)
		}
		w.Close(']')
	case map[string]any:
		w.Open('{')
		for name, e := range v {
			w.Name(name)
			written(w, e)
		}
		w.Close('}')
	}
}

// sameAsStandard holds the package to encoding/json: it takes the same texts, and reads the same out of them.
func sameAsStandard(t *testing.T, text string) {
	t.Helper()
	v, err := json.Parse(text)
	if err != nil && err.Kind != json.BadJSON {
		return // a limit of ours: too deep, too many
	}
	require.Equal(t, stdjson.Valid([]byte(text)), err == nil, "%q", text)
	if err != nil {
		return
	}
	d := stdjson.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var want any
	require.NoError(t, d.Decode(&want))
	require.Equal(t, want, everything(v), "%q", text)
	r := json.NewReader(v)
	require.Equal(t, want, walked(&r), "%q", text)
}

var awkwardTexts = []string{
	``, ` `, `{}`, `[]`, `null`, `true`, `false`, `nul`, `truex`, `"`, `"a`, `{`, `[`, `[1,]`, `{"a":1,}`, `{,}`, `{"a"}`, `{"a":}`, `{a:1}`,
	`{'a':1}`, `[1 2]`, `1 2`, `{} {}`, "\ufeff{}", "{}\x00", "\x00", `"\u0000"`, "\"\x00\"", "\"\x1f\"", "\"\x7f\"", "\"\t\"", `"\x"`, `"\u12"`,
	`"\u12G4"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\ude00\ud83d"`, `"\ud83d\u0041"`, `"\ud83d\ud83d\ude00"`, `"\ud83dx"`, "\"\xff\"", "\"\xc3\"",
	"\"\xe2\x82\"", "\"\xed\xa0\x80\"", "\"\xf4\x90\x80\x80\"", `"\/\b\f\n\r\t\"\\"`, `"é\u00e9"`, "\"\u2028\"", `{"a":1,"a":2}`, "{\"\xff\":1}",
	`{"a":1,"\u0061":2}`, `{"A":1,"a":2}`, `{"":0}`, `{"":[],"a":{"":1}}`, `{"a":{"a":{"a":[[[{}]]]}}}`, `0`, `-0`, `-`, `+1`, `01`, `1.`, `.5`, `1e`, `1e+`,
	`1E400`, `-1e-400`, `0.0e0`, `1.5E+3`, `123456789012345678901234567890`, "[1,\n2\t,\r3 ]", "[1,\v2]", "[1,\u00a02]", `//x`, `{"a":1}//x`, `NaN`,
	`Infinity`, `[` + strings.Repeat(`"x",`, 200) + `0]`, strings.Repeat("[", 32) + strings.Repeat("]", 32), ` { "a" : [ ] , "b" : { } , "c" : "\\" } `,
	`{"a":[{}`, `{"a":1]`, `[1}`, `]`, `}`, `{]`, `[}`, `["\\"]`, `{"\"":"\\\""}`,
}

func TestReadsWhatEncodingJSONReads(t *testing.T) {
	for _, text := range awkwardTexts {
		sameAsStandard(t, text)
	}
	g := rand.New(rand.NewPCG(1, 1))
	for range 3000 { // cut and damaged ones
		b := []byte(`{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00",{"b":null,"b":true}],"` + awkwardTexts[g.IntN(len(awkwardTexts))] + `":"\n"}`)
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

func TestSaysWhereATextStopsBeingJSON(t *testing.T) {
	cases := []struct{ name, text, kind, want string }{
		{"nothing", ``, json.BadJSON, "no value at byte 0"},
		{"a canary", `{"a":canary}`, json.BadJSON, "no value at byte 5"},
		{"two texts", `{} {}`, json.BadJSON, "the text goes on after its end at byte 3"},
		{"no name", `{1:2}`, json.BadJSON, "no member name at byte 1"},
		{"no colon", `{"a" 1}`, json.BadJSON, "no colon at byte 5"},
		{"no comma", `[1 2]`, json.BadJSON, "no comma or closing bracket at byte 3"},
		{"the other bracket", `{"a":1]`, json.BadJSON, "no comma or closing bracket at byte 6"},
		{"control character", "\"a\n\"", json.BadJSON, "a control character in a string at byte 2"},
		{"bad escape", `"\x"`, json.BadJSON, "a bad escape at byte 2"},
		{"no end", `"abc`, json.BadJSON, "a string without end at byte 4"},
		{"too deep", strings.Repeat("[", 33), json.TooDeep, "more than 32 nested arrays and objects"},
		{"too deep, objects", strings.Repeat(`{"a":`, 100), json.TooDeep, "more than 32 nested arrays and objects"},
		{"too many", "[" + strings.Repeat("0,", json.MaxValues-1) + "0]", json.TooLarge, "more than 16384 values"},
		{"as many as may be", "[" + strings.Repeat("0,", json.MaxValues-2) + "0", json.BadJSON, "no comma or closing bracket at byte 32766"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := json.Parse(c.text)
			require.NotNil(t, err)
			require.Equal(t, json.Error{Kind: c.kind, Detail: c.want}, *err)
		})
	}
}

func TestKnowsNamesExactly(t *testing.T) {
	v, err := json.Parse(`{"Status":1,"STATUS":2,"stat\u0075s":3,"status ":4,"status":5,"Status":6}`)
	require.Nil(t, err)
	n, ok := v.Get("status").Integer()
	require.True(t, ok)
	require.EqualValues(t, 5, n)
	require.False(t, v.Get("state").Present())
	require.Equal(t, json.Missing, v.Get("state").Next().Kind())
	require.Empty(t, v.Get("state").Raw())
	require.Empty(t, v.Key())
}

func TestTakesWholeNumbersHoweverWritten(t *testing.T) {
	cases := []struct {
		text string
		want int64
		ok   bool
	}{
		{"409", 409, true}, {"409.0", 409, true}, {"4.09e2", 409, true}, {"4090e-1", 409, true}, {"0.409E+3", 409, true},
		{"4.09000e002", 409, true}, {"409.5", 0, false}, {"4.095e2", 0, false}, {"-0", 0, true}, {"-0.0e9", 0, true}, {"0e999999999", 0, true},
		{"1e400", 0, false}, {"1e-400", 0, false}, {"1e99999999999999999999", 0, false}, {"1e-99999999999999999999", 0, false}, {"-409", -409, true},
		{"9007199254740991", 9007199254740991, true}, {"9007199254740992", 0, false}, {"-9007199254740991", -9007199254740991, true},
		{"1795530727000", 1795530727000, true}, {"1.795530727e12", 1795530727000, true}, {"100e-2", 1, true}, {"1000e-4", 0, false},
		{"0.0000000000000000000000001e25", 1, true}, {"10000000000000000000000e-22", 1, true}, {`"409"`, 0, false}, {"true", 0, false},
		{"999999999999999", 999999999999999, true}, {"1000000000000000", 1000000000000000, true},
	}
	for _, c := range cases {
		t.Run(c.text, func(t *testing.T) {
			for _, text := range []string{c.text, "[" + c.text + "]", "[" + c.text + " ,1]"} {
				v, err := json.Parse(text)
				require.Nil(t, err)
				r := json.NewReader(v)
				if v.Kind() == json.Array {
					v = v.First()
					r.Enter()
				}
				n, ok := v.Integer()
				walked, walkedOK := r.Integer()
				require.Equal(t, []bool{c.ok, c.ok}, []bool{ok, walkedOK})
				if ok {
					require.Equal(t, []int64{c.want, c.want}, []int64{n, walked})
				}
			}
		})
	}
}

// A reader says of null that it is absent, and goes on behind what is of another kind.
func TestReaderGoesOn(t *testing.T) {
	v, err := json.Parse(`[null,null,null,{"a":1},{"a":1},{"a":1},"end"]`)
	require.Nil(t, err)
	r := json.NewReader(v)
	r.Enter()
	for _, want := range []bool{true, false} {
		s, ok := r.Str()
		require.Equal(t, []any{"", want}, []any{s, ok})
		b, ok := r.Bool()
		require.Equal(t, []any{false, want}, []any{b, ok})
		n, ok := r.Integer()
		require.Equal(t, []any{int64(0), want}, []any{n, ok})
	}
	s, ok := r.Str()
	require.Equal(t, []any{"end", true, true}, []any{s, ok, r.Ended()})
}

func TestWritesWhatEncodingJSONWrites(t *testing.T) {
	texts := []string{
		"", "plain", "quote\"", "back\\slash", "<a href='&'>", "tab\tline\nreturn\r", "\b\f\v\x00\x1f\x7f", "é à « » ’ \u00a0", "\u2028\u2029", "\xff",
		"cut\xe2\x82", "\xed\xa0\x80", "😀", "\ufeff", "\ufffd",
	}
	var value any = "x"
	for _, text := range texts {
		value = []any{map[string]any{"name": text}, text, true, false, []any{value}, map[string]any{}, stdjson.Number("-12")}
		var w json.Writer
		written(&w, value)
		var want bytes.Buffer
		e := stdjson.NewEncoder(&want)
		e.SetEscapeHTML(false)
		require.NoError(t, e.Encode(value))
		require.Equal(t, want.String(), string(w.Out)+"\n")
	}
	for _, n := range []int64{0, 9, 10, -1, 1795530727000, -json.MaxInteger} {
		var w json.Writer
		w.Int(n)
		require.Equal(t, stdjson.Number(string(w.Out)).String(), func() string { b, _ := stdjson.Marshal(n); return string(b) }())
	}
}
