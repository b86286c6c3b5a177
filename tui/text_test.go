package tui

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

func TestWrap(t *testing.T) {
	tests := []struct {
		name  string
		text  string
		width int
		want  []string
	}{
		{"nothing", "", 10, nil},
		{"no width", "abc", 0, nil},
		{"fits", "one two", 7, []string{"one two"}},
		{"at a space", "one two three", 8, []string{"one two", "three"}},
		{"a no-break space holds", "il y a 1\u00a0essai", 9, []string{"il y a", "1\u00a0essai"}},
		{"a long word is cut", "secret_answer_mismatch", 10, []string{"secret_ans", "wer_mismat", "ch"}},
		{"wide letters", "日本語", 4, []string{"日本", "語"}},
		{"a letter wider than the row", "日", 1, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { require.Equal(t, test.want, wrap(test.text, test.width)) })
	}
}

func TestSpell(t *testing.T) {
	tests := []struct {
		name    string
		letters Letters
		text    string
		want    string
	}{
		{"all", LettersAll, "« Œuvre » é —", "« Œuvre » é —"},
		{"ascii: accents", LettersASCII, "RÉESSAYER à côté, ça, Noël, où", "REESSAYER a cote, ca, Noel, ou"},
		{"ascii: quotation marks", LettersASCII, "«\u00a0oui\u00a0» “yes” l’an", `"oui" "yes" l'an`},
		{"ascii: letters in one", LettersASCII, "cœur Œuvre æ", "coeur OEuvre ae"},
		{"ascii: no question mark", LettersASCII, "日 \U0001F600", ". ."},
		{"latin1 keeps accents", LettersLatin1, "«\u00a0RÉESSAYER\u00a0» cœur ═", "«\u00a0RÉESSAYER\u00a0» coeur ="},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { require.Equal(t, test.want, test.letters.spell(clean(test.text))) })
	}
}

func TestAmountAndClock(t *testing.T) {
	require.Equal(t, "$1,249.00", Amount("1249.00", plugin.English))
	require.Equal(t, "1\u00a0249,00\u00a0$", Amount("1249.00", plugin.French))
	require.Equal(t, "$9.50", Amount("9.50", plugin.English))
	require.Equal(t, "12 CAD", Amount("12 CAD", plugin.English), "what is no amount is shown as it is")
	require.Equal(t, "14:32", clock(at(14, 32), offset(-300), plugin.English))
	require.Equal(t, "9\u00a0h\u00a005", clock(at(9, 5), offset(-300), plugin.French))
	require.Empty(t, clock(at(9, 5), nil, plugin.English), "without the till's offset no time is shown")
}

// Every word of the chrome is there in both languages, and short enough for its place.
func TestChromeIsComplete(t *testing.T) {
	for _, l := range languages {
		ws := wordsOf(l)
		for _, heading := range []string{ws.doNow, ws.say, ws.ifAsked, ws.who, ws.ref, ws.fields} {
			require.NotEmpty(t, heading)
			require.LessOrEqual(t, cells(heading), 15, heading)
		}
		for _, hint := range []string{ws.help, ws.details, ws.hide, ws.history, ws.back, ws.language, ws.openIt, ws.filter, ws.move, ws.next, ws.quit, ws.demoNextKey, ws.demoBeforeKey} {
			require.NotEmpty(t, hint)
			require.LessOrEqual(t, cells(hint), 12, hint)
		}
		require.Len(t, ws.helpFamily, 6)
		require.Len(t, ws.helpMoney, 4)
		require.Len(t, ws.customerSays, 6)
		require.Len(t, ws.warnings, 4)
		require.LessOrEqual(t, keyRow(cardKeys, ws, 80).width(), 80)
	}
	require.Len(t, french.kindly, len(english.kindly))
}
