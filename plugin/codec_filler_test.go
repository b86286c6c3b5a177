package plugin

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	own "github.com/tillwise/tillwise/plugin/internal/json"
)

// awkwardStrings are what a writer can get wrong.
var awkwardStrings = []string{
	"", "plain", "quote\"", "back\\slash", "<a href='&'>", "tab\tline\nreturn\r", "\b\f\v\x00\x1f\x7f", "é à « » ’ \u00a0", "\u2028\u2029", "😀", "\ufeff", "\ufffd",
}

// filler puts values into types as the contract has them: vocabularies by
// type, the rest by field. The same seed gives the same values.
type filler struct{ *rand.Rand }

var vocabularies = map[reflect.Type]any{
	reflect.TypeFor[Operation](): callable, reflect.TypeFor[Failure](): failures, reflect.TypeFor[Sent](): sents, reflect.TypeFor[Result](): results,
	reflect.TypeFor[FoundState](): foundStates, reflect.TypeFor[PaymentState](): states, reflect.TypeFor[Family](): families, reflect.TypeFor[Banner](): banners[:],
	reflect.TypeFor[Money](): moneys[:], reflect.TypeFor[MoneyKind](): moneyKinds[:], reflect.TypeFor[RetryPolicy](): retries, reflect.TypeFor[Owner](): owners[:],
	reflect.TypeFor[Privacy](): privacies, reflect.TypeFor[Method](): methods, reflect.TypeFor[Problem](): problems[:], reflect.TypeFor[Lang](): langs,
	reflect.TypeFor[ActionID](): actionIDs, reflect.TypeFor[Notice](): notices, reflect.TypeFor[ErrorKind](): []ErrorKind{BadJSON, TooDeep},
}

var fieldTexts = map[string][]string{
	"Amount": {"", "10.00", "1249.00", "0.01"}, "Type": {"", "deposit", "instore_payment"}, "TransactionType": {"", "deposit"}, "Param": {"email", "other"},
	"Code": {"", "never_heard_of_it", codeUnreadable}, "State": {"", StateEmpty, "captured"}, "Rule": {"verify/409/secret_answer_mismatch", "unknown/verify/409/"},
	"By": {"operation+status+code", "class"}, "Source": {"20643845", SourceJudgement}, "Ref": {"7F3K"}, "StatusHeld": {"held", "on_hold"}, "StatusTaken": {"paid"},
}

func (g filler) fill(v reflect.Value, field string) {
	if words, ok := vocabularies[v.Type()]; ok {
		list := reflect.ValueOf(words)
		v.SetString(list.Index(g.IntN(list.Len())).String())
		return
	}
	switch v.Kind() {
	case reflect.String:
		list := fieldTexts[field]
		if list == nil {
			list = awkwardStrings
		}
		v.SetString(list[g.IntN(len(list))])
	case reflect.Int, reflect.Int64:
		v.SetInt([]int64{0, 1, 3}[g.IntN(3)])
		if v.Kind() == reflect.Int64 && g.IntN(2) == 0 {
			v.SetInt(noon)
		}
		if v.Type() == reflect.TypeFor[Cents]() && g.IntN(2) == 0 {
			v.SetInt(int64(SomeCents))
		}
	case reflect.Uint8:
		v.SetUint(g.Uint64N(uint64(numCards)))
	case reflect.Uint32:
		v.SetUint(uint64(g.Uint32() >> g.IntN(33)))
	case reflect.Bool:
		v.SetBool(g.IntN(2) == 0)
	case reflect.Pointer:
		if g.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			g.fill(v.Elem(), field)
		}
	case reflect.Slice:
		if n := g.IntN(4); n > 0 || field == "Actions" || field == "Fields" {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
		}
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			g.fill(v.Index(i), field)
		}
		if list, ok := v.Interface().([]Method); ok {
			slices.Sort(list)
			v.Set(reflect.ValueOf(slices.Compact(list)))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			g.fill(v.Field(i), v.Type().Field(i).Name)
		}
		g.amend(v.Addr().Interface())
	}
}

// amend makes of a filled type one that can be.
func (g filler) amend(p any) {
	switch p := p.(type) {
	case *Payment:
		p.Operation = []Operation{OpAuthorization, OpSeveral, OpRefund}[g.IntN(3)]
	case *Facts:
		p.Sent = sent(p.Sent, p.Failure)
		if len(p.Fields) == 0 {
			p.Fields = nil
		}
		if p.Found != nil && g.IntN(2) == 0 {
			p.Found = p.Found[:0]
		}
	case *Policy:
		p.Methods = []Method{MethodPIW, MethodSMS}[:g.IntN(3)]
		if len(p.Methods) == 0 {
			p.Methods = nil
		}
		p.SettledBy = settlers[g.IntN(2)]
	case *Sale:
		p.V = saleVersion
	case *Record:
		p.V = ABI
	case *Answer:
		p.V = ABI
	case *Exchange:
		p.At, p.Headers = 0, map[string]string{"Retry-After": "5", "DATE": "x"}
		if p.Body == "" {
			p.Body = "b"
		}
	}
}

func filled[T any](g filler) (v T) {
	g.fill(reflect.ValueOf(&v).Elem(), "")
	return v
}

func wrote[T any](v T, visit func(*codec, *T)) string {
	c := codec{mode: writing}
	visit(&c, &v)
	return string(c.w.Out)
}

func readAs[T any](t *testing.T, text string, visit func(*codec, *T)) (v T, err *Error) {
	t.Helper()
	parsed, bad := own.Parse(text)
	require.Nil(t, bad, text)
	c := codec{r: own.NewReader(parsed), kind: BadEvent}
	visit(&c, &v)
	return v, c.err
}

func listed[T any](visit func(*codec, *T)) []string {
	c := codec{mode: listing}
	visit(&c, new(T))
	return c.names
}

// shuffled writes the same JSON with its members in another order, with
// members that nobody knows (unless strict), values that a later one of that name takes back, and white space.
func (g filler) shuffled(v any, strict bool) string {
	switch v := v.(type) {
	case map[string]any:
		names := make([]string, 0, len(v))
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		g.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		var parts []string
		for _, name := range names {
			key := string(mustMarshal(name))
			if g.IntN(4) == 0 && !strict {
				parts = append(parts, `"x_`+name+`" : [{"a":"}"}]`)
			}
			if g.IntN(4) == 0 {
				parts = append(parts, key+":null")
			}
			parts = append(parts, key+" : "+g.shuffled(v[name], strict || name == "policy"))
		}
		return "{ " + strings.Join(parts, "\n, ") + "\t}"
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = g.shuffled(e, strict)
		}
		return "[ " + strings.Join(parts, " , ") + " ]"
	}
	return string(mustMarshal(v))
}

func mustMarshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// holds holds a type's visitor to its struct tags: it writes what encoding/json
// writes, and reads it back, in any order.
func holds[T any](t *testing.T, name string, visit func(*codec, *T)) {
	t.Run(name, func(t *testing.T) {
		g := filler{rand.New(rand.NewPCG(2, 3))}
		for range 300 {
			v := filled[T](g)
			text := string(marshal(t, v))
			switch any(v).(type) {
			case Exchange, Request: // only ever read
			default:
				require.Equal(t, text, wrote(v, visit))
			}
			back, err := readAs(t, text, visit)
			require.Nil(t, err, text)
			require.Equal(t, v, back, text)
			var loose any
			d := json.NewDecoder(strings.NewReader(text))
			d.UseNumber()
			require.NoError(t, d.Decode(&loose))
			shuffled := g.shuffled(loose, name == "policy" || name == "limits")
			back, err = readAs(t, shuffled, visit)
			require.Nil(t, err, shuffled)
			require.Equal(t, v, back, shuffled)
		}
		require.Equal(t, tags(reflect.TypeFor[T]()), listed(visit))
	})
}

// tags are the names in a struct's JSON tags, in the order of its fields.
func tags(t reflect.Type) (names []string) {
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); name != "-" {
			names = append(names, name)
		}
	}
	return names
}
