package importer

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/exchange"
)

func TestShortener(t *testing.T) {
	long := strings.Repeat("x", maxValue)
	tests := []struct{ name, in, want string }{
		{"nothing", ``, ``},
		{"what is short", `{"a":[1,"b\"c",true]} ` + "\n", `{"a":[1,"b\"c",true]} ` + "\n"},
		{"a string of the longest", `["` + long + `"]`, `["` + long + `"]`},
		{"a longer string", `["` + long + `yy",2]`, `["` + long + `",2]`},
		{"a quote in what is cut", `["` + long + `y\"y",2]`, `["` + long + `",2]`},
		{"a backslash at the end of what is cut", `["` + long + `\\",2]`, `["` + long + `",2]`},
		{"an escape at the edge stays whole", `["` + long[1:] + `\u0041\u0041",2]`, `["` + long[1:] + `\u0041",2]`},
		{"a short escape at the edge stays whole", `["` + long[1:] + `\n\n",2]`, `["` + long[1:] + `\n",2]`},
		{"a key", `{"` + long + `y":1}`, `{"` + long + `":1}`},
		{"strings beside each other", `["` + long + `","` + long + `y"]`, `["` + long + `","` + long + `"]`},
		{"a number", `[` + strings.Repeat("1", maxValue+9) + `,2]`, `[` + strings.Repeat("1", maxValue) + `,2]`},
		{"space", `[1` + strings.Repeat(" ", maxValue+9) + `,2]`, `[1` + strings.Repeat(" ", maxValue) + `,2]`},
		{"a string without an end", `["` + long + `yyy`, `["` + long},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, in := range []io.Reader{strings.NewReader(tt.in), iotest.HalfReader(strings.NewReader(tt.in)), iotest.DataErrReader(strings.NewReader(tt.in))} {
				out, err := io.ReadAll(&shortener{in: in})
				require.NoError(t, err)
				require.True(t, tt.want == string(out), "%d bytes are not the %d that were to be", len(out), len(tt.want))
			}
		})
	}
}

// Whatever a body's letters are, what is cut of it is still seen to be cut.
func TestABodyThatIsTooLongIsCut(t *testing.T) {
	tests := []struct {
		name, encoding, body string
		want                 bool
	}{
		{"the longest", "", strings.Repeat("x", exchange.MaxBody), false},
		{"the longest, escaped", "", strings.Repeat(`\u0001`, exchange.MaxBody), false},
		{"the longest, in base64", "base64", strings.Repeat("AAAA", exchange.MaxBody/3), false},
		{"a letter more", "", strings.Repeat("x", exchange.MaxBody+1), true},
		{"a letter more, escaped", "", strings.Repeat(`\u0001`, exchange.MaxBody+1), true},
		{"far longer", "", strings.Repeat("x", 2*maxValue), true},
		{"far longer, escaped", "", strings.Repeat(`\u0001`, maxValue), true},
		{"far longer, in base64", "base64", strings.Repeat("AAAA", maxValue), true},
		{"far longer, in base64, escaped", "base64", strings.Repeat(`\u0041`, maxValue), true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := `{"response":{"status":409,"content":{"encoding":"` + tt.encoding + `","text":"` + tt.body + `"}}}`
			require.True(t, json.Valid([]byte(in)))
			h, err := newWalker(&shortener{in: strings.NewReader(in)}).entry()
			require.NoError(t, err)
			e := h.entry()
			require.Equal(t, tt.want, e.exchange.BodyCut)
			require.LessOrEqual(t, len(e.exchange.Body), exchange.MaxBody)
		})
	}
}
