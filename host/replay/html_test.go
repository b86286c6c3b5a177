package replay

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func html(t *testing.T, r *Report, a *Approvals) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, r.WriteHTML(&out, Judge(r, a)))
	require.NotContains(t, out.String(), "ZgotmplZ")
	return out.String()
}

func TestHTMLNeedsNoNetwork(t *testing.T) {
	r, a := reported(t)
	page := html(t, r, a)
	require.NotContains(t, page, "<script")
	require.NotRegexp(t, regexp.MustCompile(`(src|href)="(https?:)?//`), page)
	require.Equal(t, strings.Count(page, "<section"), strings.Count(page, "</section>"))
	require.Contains(t, page, `<rect class="changed"`)
	require.NotRegexp(t, `<th>`, page, "each heading says what it heads")
	if dir := os.Getenv("TILLWISE_REPORT_DIR"); dir != "" {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "replay.html"), []byte(page), 0o600))
	}
}

// What differs is marked by a sign, a word and elements, in both languages; what does not stands once.
func TestHTMLMarksWhatDiffers(t *testing.T) {
	r, _ := reported(t)
	page := html(t, r, nil)
	for _, want := range []string{
		`<caption>English: recorded words</caption>`,
		`<caption>French: recorded decision, today&#39;s words</caption>`,
		`<th scope="row">money <span class="sign">≠ differs</span></th><td lang="en-CA"><span class="sign">−</span> MONEY <del>NOT</del> TAKEN</td><td lang="en-CA"><span class="sign">+</span> MONEY TAKEN</td>`,
		`<del>RIEN N&#39;A ÉTÉ</del> FACTURÉ</td><td lang="fr-CA"><span class="sign">+</span> <ins>LE MONTANT EST</ins> FACTURÉ</td>`,
		`<th scope="row">headline</th><td colspan="2" lang="fr-CA">Ce n&#39;est pas le bon mot secret</td>`,
		`<th scope="row">decision: money <span class="sign">≠ differs</span></th><td><span class="sign">−</span> <del>not_moved</del></td><td><span class="sign">+</span> <ins>moved</ins></td>`,
	} {
		require.Contains(t, page, want)
	}
}

func TestHTMLOfHardCases(t *testing.T) {
	const unknown = "The recorded words are not known: --old with the module that decided then shows them."
	tests := []struct {
		name     string
		new, old *native
		merged   bool
		want     []string
		not      []string
	}{
		{name: "other words, and none at hand that were recorded", new: replaced("answer", "Flexiti", "FLEXITI"),
			want: []string{"English: new words. " + unknown, `<th scope="col" colspan="2">new</th>`}, not: []string{"<del>", "− recorded"}},
		{name: "other words, and the old module", new: replaced("answer", "Flexiti", "FLEXITI"), old: &native{},
			want: []string{"<del>Flexiti", "<ins>FLEXITI", "the old module&#39;s words"}, not: []string{unknown}},
		{name: "a third opinion", new: ruleMoney("moved"), old: ruleMoney("held"),
			want: []string{`<th scope="col">+ old</th>`, "<ins>held</ins>", "<ins>moved</ins>"}},
		{name: "the old module as recorded", new: ruleMoney("moved"), old: &native{},
			want: []string{"<ins>moved</ins>"}, not: []string{`<th scope="col">+ old</th>`}},
		{name: "no decision", new: &native{patch: func(face string, out []byte) []byte {
			if face == "decide" && bytes.Contains(out, []byte(`"rule":"verify/409/piw_mismatch"`)) {
				return []byte(`{"error":{"kind":"module_failed","detail":"x"}}`)
			}
			return out
		}}, want: []string{`<del>MONEY NOT TAKEN</del>`, `<span class="none">none</span>`}},
		{name: "read from JSON", new: ruleMoney("moved"), merged: true,
			want: []string{"MONEY <del>NOT</del> TAKEN", "In the recorded language only"}, not: []string{"<caption>French"}},
	}
	dir := week(t, 2000)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := Options{Paths: []string{dir}, New: tt.new}
			if tt.old != nil {
				o.Old = tt.old
			}
			r := run(t, o)
			if tt.merged {
				var err error
				r, err = ReadReport(strings.NewReader(asJSON(t, r)))
				require.NoError(t, err)
			}
			page := html(t, r, nil)
			for _, want := range tt.want {
				require.Contains(t, page, want)
			}
			for _, not := range tt.not {
				require.NotContains(t, page, not)
			}
		})
	}
}
