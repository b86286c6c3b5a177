package journal

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHoldsCardNumber(t *testing.T) {
	tests := []struct {
		name string
		text string
		want bool
	}{
		{"alone", "4111111111111111", true},
		{"spaces", "4111 1111 1111 1111", true},
		{"dashes and spaces", "4111 1111-1111 1111", true},
		{"dots", "4111.1111.1111.1111", true},
		{"underscores", "4111_1111_1111_1111", true},
		{"dots and underscores in a code", "code_5555.5555_5555.4444_refused", true},
		{"spaces and dots", "4111 1111.1111 1111", false}, // so that lists of amounts pass
		{"two digits at a time", "45_32_01_51_12_83_03_66", true},
		{"fifteen digits", "3782.822463.10005", true},
		{"behind a lane", "3.4111111111111111", true},
		{"behind a store with dashes", "0412-17-4111111111111111", true},
		{"before a counter", "4111.1111.1111.1111.17", true},
		{"inside a word", "x4111111111111111y", true},
		{"no issuer, as printed", "9111 1111 1111 1110", true},
		{"no issuer, with dots", "9111.1111.1111.1110", false},
		{"one digit off", "4111.1111.1111.1112", false},
		{"too long", "41111111111111111111111", false},
		{"two parts between", "4111..1111..1111..1111", false},
		{"an amount", "1249.00", false},
		{"amounts", "4249.00 5249.00 3249.00 6249.00", false},
		{"a version", "4.11.1.11.1.1.1.1.1.1.1.1.1", false},
		{"an address", "192.168.100.101:7411", false},
		{"a day and a time", "20261123_090000", false},
		{"nothing", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, HoldsCardNumber(tt.text))
			require.Equal(t, tt.want, recordHoldsCard([]byte(`{"code":"`+tt.text+`"}`)), "in a record")
		})
	}
}

// What programs write with dots and underscores is no card, whatever the check
// digit happens to be.
func TestGuardLetsDotsPass(t *testing.T) {
	for n := range 5000 {
		for _, text := range []string{
			fmt.Sprintf("%d.%02d", n*7919, n%100),
			fmt.Sprintf("2026.11.23_09.%02d.%02d.%03d", n%60, n/60%60, n%1000),
			fmt.Sprintf("20261123_09%02d%02d_%04d", n/60%24, n%60, n),
			fmt.Sprintf("v%d.%d.%d-%d", n%9, n%10, n, n),
		} {
			require.False(t, HoldsCardNumber(text), text)
		}
	}
}
