package escape

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

var texts = []struct{ name, text, want string }{
	{"plain", "Sale S-17: 12.50 $\n\tdone", "Sale S-17: 12.50 $\n\tdone"},
	{"French", "l’œuvre «\u00a0été\u202f» — 12\u00a0$", "l’œuvre «\u00a0été\u202f» — 12\u00a0$"},
	{"beyond the first plane", "𝄞 😀", "𝄞 😀"},
	{"escape sequence", "\x1b[2J", `\u001b[2J`},
	{"nul, bell, carriage return, delete", "\x00\a\r\x7f", `\u0000\u0007\u000d\u007f`},
	{"C1", "\u0080\u009b31m\u009f", `\u0080\u009b31m\u009f`},
	{"direction", "\u200e\u200f\u202a\u202e\u2066\u2069\u061c", `\u200e\u200f\u202a\u202e\u2066\u2069\u061c`},
	{"zero width", "a\u200bb\u200c\u200d\u2060\u00ad", `a\u200bb\u200c\u200d\u2060\u00ad`},
	{"line separators", "\u2028\u2029", `\u2028\u2029`},
	{"byte-order mark", "\ufeffa", `\ufeffa`},
	{"tags", "\U000e0041\U000e007f", `\udb40\udc41\udb40\udc7f`},
	{"selectors and fillers", "\ufe0f\U000e0100\u3164\u034f", `\ufe0f\udb40\udd00\u3164\u034f`},
	{"private use and no character", "\ue000\uffff\U0010ffff", `\ue000\uffff\udbff\udfff`},
	{"no UTF-8", "a\x9b\xc3(\xff", `a\ufffd\ufffd(\ufffd`},
	{"a surrogate", "\xed\xa0\x80", `\ufffd\ufffd\ufffd`},
	{"cut inside a letter", "a\xf0\x9f\x98", `a\ufffd\ufffd\ufffd`},
}

func TestText(t *testing.T) {
	for _, tt := range texts {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, Text(tt.text))
			require.Equal(t, tt.want, Text(Text(tt.text)), "twice is once")
		})
	}
}

func TestLine(t *testing.T) {
	require.Equal(t, `a\u000asound\u0009\u001b`, Line("a\nsound\t\x1b"))
}

// However a text is cut into writes, what comes out is the same.
func TestWriterAtEveryCut(t *testing.T) {
	for _, tt := range texts {
		t.Run(tt.name, func(t *testing.T) {
			for cut := range len(tt.text) + 1 {
				var out bytes.Buffer
				w := NewWriter(&out)
				for _, part := range []string{tt.text[:cut], tt.text[cut:]} {
					n, err := w.Write([]byte(part))
					require.NoError(t, err)
					require.Equal(t, len(part), n)
				}
				require.NoError(t, w.Flush())
				require.Equal(t, tt.want, out.String(), "cut at %d", cut)
			}
		})
	}
}

// What is inside JSON strings means the same behind the writer.
func TestJSONStaysTheSame(t *testing.T) {
	for _, tt := range texts {
		t.Run(tt.name, func(t *testing.T) {
			in, err := json.Marshal(tt.text)
			require.NoError(t, err)
			var before, after string
			require.NoError(t, json.Unmarshal(in, &before))
			require.NoError(t, json.Unmarshal([]byte(Text(string(in))), &after))
			require.Equal(t, before, after)
		})
	}
}

var errFull = errors.New("disk full")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestWriterPassesErrorsOn(t *testing.T) {
	w := NewWriter(fullDisk{})
	for _, text := range []string{"plain", "\x1b"} {
		_, err := w.Write([]byte(text))
		require.ErrorIs(t, err, errFull)
	}
}

func TestRaw(t *testing.T) {
	var out bytes.Buffer
	_, err := Raw(NewWriter(&out)).Write([]byte("\x1b[K"))
	require.NoError(t, err)
	_, err = Raw(&out).Write([]byte("\r"))
	require.NoError(t, err)
	require.Equal(t, "\x1b[K\r", out.String())
}

func FuzzText(f *testing.F) {
	f.Add("a\x1b\u202e\xff")
	f.Fuzz(func(t *testing.T, s string) {
		out := Text(s)
		require.True(t, utf8.ValidString(out))
		for _, r := range out {
			require.False(t, hidden(r), "%U", r)
		}
	})
}
