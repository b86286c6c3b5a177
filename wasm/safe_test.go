package wasm_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/wasm"
)

// The packages in other languages carry safe.json, and it belongs to the module.
func TestSafeCardsAreThoseOfTheModule(t *testing.T) {
	cards := plugin.MakeSafeCards()
	cards.ModuleSHA256 = wasm.SHA256(wasm.Module)
	var file bytes.Buffer
	out := json.NewEncoder(&file)
	out.SetEscapeHTML(false)
	out.SetIndent("", " ")
	require.NoError(t, out.Encode(cards))
	if *update {
		require.NoError(t, os.WriteFile("sdk/safe.json", file.Bytes(), 0o644))
	}
	have, err := os.ReadFile("sdk/safe.json")
	require.NoError(t, err)
	require.Equal(t, file.String(), string(have), "run make generate")
}

const lostAt int64 = 1795530727000

// A host that has no ledger keeps the sale as it was, with what had no answer
// beside it. The module makes of that what the Go host keeps in its place.
func TestUnansweredSaleIsTheGoHosts(t *testing.T) {
	var m plugin.Module
	texts := plugin.Texts{}
	for _, begun := range []string{"", `{}`, saleAfter(t, &m, `{"operation":"authorization","request":{"auto_capture":true,"amount":"5.00"},"status":0,"failure":"timeout","sent":"unknown"}`),
		saleAfter(t, &m, `{"operation":"lookup","status":200,"body":"{\"customer_id\":\"x\"}"}`), `"unreadable"`, `{"v":9}`} {
		for op := range plugin.MakeSafeCards().Operations {
			t.Run(fmt.Sprintf("%s after %.20s", op, begun), func(t *testing.T) {
				want := []byte(begun)
				unanswered := ""
				for range 2 {
					after := plugin.SafeAnswer(op, lostAt, want, texts, plugin.Locale{Cashier: plugin.French})
					var err error
					want, err = json.Marshal(after.Sale)
					require.NoError(t, err)
					unanswered += fmt.Sprintf(`,{"operation":%q,"at":%d}`, op, lostAt)
					prior := begun
					if prior == "" {
						prior = "{}"
					}
					got := fmt.Sprintf(`{"unanswered":[%s],"sale":%s}`, unanswered[1:], prior)
					require.Equal(t, next(&m, string(want), "call_supervisor"), next(&m, got, "call_supervisor"))
					require.Equal(t, next(&m, string(want), ""), next(&m, got, ""))
				}
			})
		}
	}
}

// What has not that form is a sale that cannot be read: in doubt, as ever.
func TestUnansweredSaleThatIsNoneIsInDoubt(t *testing.T) {
	var m plugin.Module
	want := next(&m, `"unreadable"`, "")
	require.Contains(t, want, `"doubt":true`)
	long := bytes.Repeat([]byte(`{"operation":"lookup","at":1},`), 65)
	for _, sale := range []string{`{"unanswered":7}`, `{"unanswered":[7]}`, `{"unanswered":[{"operation":"no such call","at":1}],"sale":{}}`,
		`{"unanswered":[{"operation":"lookup","at":-1}],"sale":{}}`, `{"unanswered":[{"operation":"lookup","at":"1"}],"sale":{}}`,
		`{"unanswered":[` + string(long[:len(long)-1]) + `],"sale":{}}`} {
		require.Equal(t, want, next(&m, sale, ""), sale)
	}
}

func saleAfter(t *testing.T, m *plugin.Module, exchange string) string {
	var a struct {
		Sale json.RawMessage `json:"sale"`
	}
	require.NoError(t, json.Unmarshal(m.Answer([]byte(`{"v":1,"at":1795530700000,"exchange":`+exchange+`}`)), &a))
	return string(a.Sale)
}

// next is what comes of a sale: the cashier's choice, or else a look at the plans.
func next(m *plugin.Module, sale, action string) string {
	about := `"exchange":{"operation":"calculate_interest","status":400,"body":"{}"}`
	if action != "" {
		about = fmt.Sprintf(`"action":%q`, action)
	}
	return string(m.Answer([]byte(fmt.Sprintf(`{"v":1,"at":1795530799000,"locale":"fr-CA",%s,"sale":%s}`, about, sale))))
}
