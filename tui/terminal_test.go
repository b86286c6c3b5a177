package tui

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLettersFor(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a Windows console has no locale in the environment")
	}
	tests := []struct {
		name string
		env  map[string]string
		want Letters
	}{
		{"none", nil, LettersASCII},
		{"C", map[string]string{"LANG": "C"}, LettersASCII},
		{"POSIX", map[string]string{"LC_ALL": "POSIX", "LANG": "fr_CA.UTF-8"}, LettersASCII},
		{"UTF-8", map[string]string{"LANG": "fr_CA.UTF-8"}, LettersAll},
		{"utf8", map[string]string{"LC_CTYPE": "C.utf8", "LANG": "C"}, LettersAll},
		{"Latin-1", map[string]string{"LANG": "fr_CA.ISO-8859-1"}, LettersLatin1},
		{"Latin-9 with a modifier", map[string]string{"LANG": "fr_FR.iso885915@euro"}, LettersLatin1},
		{"without a charset", map[string]string{"LANG": "fr_CA"}, LettersASCII},
		{"a charset of elsewhere", map[string]string{"LANG": "ja_JP.eucJP"}, LettersASCII},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.want, LettersFor(func(name string) string { return test.env[name] }))
		})
	}
}
