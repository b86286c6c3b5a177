package plugin

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// A mutant is one fault in the rules: a guard that is gone, a comparison that is
// turned, a column of a row that is wrong. The tests are worth what they catch.
type mutant struct {
	name, file string
	old, new   string // exact text, found once in the file
}

var mutants = []mutant{
	// What is said of money.
	{"what is open says not moved", "ledger.go", "say(MoneyUnknown, 4, p.kind(), p.Amount)", "say(MoneyNotMoved, 4, p.kind(), p.Amount)"},
	{"held outweighs unknown", "ledger.go", "say(MoneyHeld, 2, p.kind(), p.Held.amount())", "say(MoneyHeld, 5, p.kind(), p.Held.amount())"},
	{"a refusal outweighs money taken", "ledger.go", "say(MoneyNotMoved, 1, p.kind(), p.Amount)\n\t\treturn", "say(MoneyNotMoved, 4, p.kind(), p.Amount)\n\t\treturn"},
	{"held outweighs taken", "ledger.go", "say(MoneyMoved, 3, p.kind(), p.Taken.amount())", "say(MoneyMoved, 1, p.kind(), p.Taken.amount())"},
	{"what was given back is no movement", "ledger.go", "say(MoneyMoved, 3, KindRefund, p.Back.amount())", "say(MoneyNotMoved, 1, KindRefund, p.Back.amount())"},
	{"a hold counts as taken", "ledger.go", "case outHeld:\n\t\tp.Held = all", "case outHeld:\n\t\tp.Taken = all"},
	{"money held is not live", "ledger.go", "live() bool { return p.State == StateKnown && (p.Held != 0 || p.Taken != 0) }", "live() bool { return p.State == StateKnown && p.Taken != 0 }"},
	{"doubt is not said", "ledger.go", "d.Doubt = s.doubtful() != nil", "d.Doubt = false"},
	// Room.
	{"several is not in doubt", "ledger.go", "*last = Payment{Operation: OpSeveral, Since: last.Since, State: StateInDoubt}", "*last = Payment{Operation: OpSeveral, Since: last.Since, State: StateRefused}"},
	{"what is known makes room", "ledger.go", "return p.State == StateRefused && p.Stated == \"\" })", "return !p.open() })"},
	// Twice, late, settled.
	{"twice goes unnoticed", "ledger.go", "case same != nil && !e.Split", "case false && same != nil && !e.Split"},
	{"a success after the end goes unnoticed", "ledger.go", `case t.s.Closed != "", t.s.Denied`, `case t.s.Denied`},
	{"a settlement as not taken is forgotten", "ledger.go", "e.refused(r.id)\n\t\t\tt.s.Denied = true", "e.refused(\"\")"},
	{"settled as held is taken", "ledger.go", "e.known(outHeld)\n\t\t\te.Stated = r.id", "e.known(outTaken)\n\t\t\te.Stated = r.id"},
	{"settled as not taken is taken", "ledger.go", "e.refused(r.id)\n\t\t\tt.s.Denied = true", "e.known(outTaken)"},
	{"given up no more", "ledger.go", "if p := &t.s.Payments[i]; i != but && p.State == StateUnderWay {\n\t\t\tp.State = StateInDoubt", "if p := &t.s.Payments[i]; i != but && p.State == StateUnderWay {\n\t\t\tp.State = StateRefused"},
	// Which answer belongs to which call.
	{"a lost call is a refused one", "call.go", "case t.out == outUnknown:\n\t\tt.lost(own)", "case t.out == outUnknown:\n\t\tt.refuse(own)"},
	{"any answer is that of a named call", "call.go", "return p.Call == f.Call && p.Operation == f.Operation && !again", "return p.Operation == f.Operation && !again"},
	{"an answer without a name settles a doubt", "call.go", "return p.State == StateUnderWay && p.Operation == f.Operation && (f.Call", "return p.open() && p.Operation == f.Operation && (f.Call"},
	{"any key will do", "call.go", "p.canResend() && sameKey && ", "sameKey == sameKey && p.canResend() && "},
	{"a resend that is refused settles", "call.go", "case t.out.good():\n\t\te.known(t.out)", "case t.out != outUnknown:\n\t\te.known(t.out)"},
	{"lost once more makes a doubt of an answer", "call.go", "own != nil && !own.open():\n", "own != nil && own.State == StateRefused:\n"},
	{"a closed sale takes a refusal", "call.go", `if t.op.pays && t.s.Closed != "" {`, `if false && t.op.pays {`},
	{"an ended hold is held", "call.go", "case codeEnded, codeNotFound:", "case codeNotFound:"},
	{"no rest is left", "call.go", "\tif rest {", "\tif false && rest {"},
	// What counts as an answer.
	{"general_error is a refusal", "evidence.go", "case f.Status == 0, f.Code == codeGeneral, f.Code == codeGatewayTimeout:", "case f.Status == 0, f.Code == codeGatewayTimeout:"},
	{"gateway_timeout is a refusal", "evidence.go", "case f.Status == 0, f.Code == codeGeneral, f.Code == codeGatewayTimeout:", "case f.Status == 0, f.Code == codeGeneral:"},
	{"403 without a code is a refusal", "evidence.go", "case 401, 429, 465, 466, 467:", "case 401, 403, 429, 465, 466, 467:"},
	{"5xx is a refusal", "evidence.go", "case f.Status < 400 || f.Status > 499:\n\t\treturn outUnknown", "case f.Status < 400:\n\t\treturn outUnknown\n\tcase f.Status > 499:\n\t\treturn outRefused"},
	{"202 is an answer", "evidence.go", "case f.Status == 202,", "case f.Status == 999,"},
	{"auto_capture is not looked at", "evidence.go", "case taken || auto != nil && *auto:", "case taken:"},
	// Read-backs.
	{"nothing found means not taken", "evidence.go", "t.found(foundNone, FoundNothing)\n\t\tt.checked(false)", "t.found(foundNone, FoundNothing)\n\t\tt.s.Payments[open[0]].State = StateRefused"},
	{"a read-back settles one of several", "evidence.go", "case len(open) > 1:\n\t\tt.found(foundUnclear, string(found[0].State))\n\t\tt.checked(true)", "case len(open) > 1:\n\t\tt.compare(&t.s.Payments[open[0]], found)"},
	{"held settles a capture", "evidence.go", "ok = ok && state == FoundCaptured", "ok = ok && state != FoundDeclined"},
	{"held settles a release", "evidence.go", "ok = ok && state == FoundEnded", "ok = ok && state != FoundDeclined"},
	{"any amount will do", "evidence.go", "case !sameAmount(x.Amount, e.Amount):", "case false:"},
	{"an earlier refusal is taken for the lost one", "evidence.go", "return q.State == StateRefused", "return false"},
	{"found held is taken", "evidence.go", "t.found(foundHeld, string(state))\n\t\te.known(outHeld)", "t.found(foundHeld, string(state))\n\t\te.known(outTaken)"},
	// Captures, releases, returns.
	{"a return takes nothing off", "fold.go", "p.Taken, p.Back = p.Taken.minus(part), p.Back.plus(part)", "p.Back = p.Back.plus(part)"},
	{"a release leaves the hold", "fold.go", "p.Held, p.Released = p.Held.minus(partOf(p.Held, amount)), true", "p.Released = true"},
	{"a part is all", "fold.go", "return min(c, left)", "return left"},
	{"another authorization will do", "fold.go", "continue // another one", "// another one"},
	// What is offered.
	{"another payment beside money held or taken", "offers.go", "return p.open() || p.live()", "return p.open()"},
	{"anybody finishes a sale that is suspect", "offers.go", "(t.asked || s.Rest == nil && !s.Suspect)", "(t.asked || s.Rest == nil)"},
	{"anybody finishes a sale with a rest", "offers.go", "(t.asked || s.Rest == nil && !s.Suspect)", "(t.asked || !s.Suspect)"},
	{"the rest of a suspect sale is paid", "offers.go", "s.Rest.Operation != OpCapture && !s.Suspect && ", "s.Rest.Operation != OpCapture && "},
	{"a settlement is missing", "offers.go", "return []ActionID{ActSettleTaken, ActSettleHeld, ActSettleNotTaken}", "return []ActionID{ActSettleTaken, ActSettleNotTaken}"},
	{"resent without a key", "offers.go", "only && doubt.canResend() && ", "only && "},
	// Columns of rows.
	{"other_payment is no payment", "actions.go", "{id: ActOtherPayment, banner: BannerOtherPayment, after: CardOtherPaymentChosen, payment: true, ends: true, wayOut: true}", "{id: ActOtherPayment, banner: BannerOtherPayment, after: CardOtherPaymentChosen, ends: true, wayOut: true}"},
	{"finish_sale ends nothing", "actions.go", "after: CardSaleFinished, ends: true, ", "after: CardSaleFinished, "},
	{"settle_held states taken", "actions.go", "settles: factHeld}", "settles: factTaken}"},
	{"a capture moves nothing", "operations.go", "{name: OpCapture, kind: kindPayment,", "{name: OpCapture, kind: kindChange,"},
	{"a release is a refund", "operations.go", "{name: OpRelease, kind: kindRelease,", "{name: OpRelease, kind: kindRefund,"},
	{"an authorization pays nothing of its own", "operations.go", "{name: OpAuthorization, kind: kindPayment, money: KindPurchase, pays: true,", "{name: OpAuthorization, kind: kindPayment, money: KindPurchase,"},
}

// mutated gives the file's text with the fault in it.
func (m mutant) mutated(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile(m.file)
	require.NoError(t, err)
	n := strings.Count(string(raw), m.old)
	require.Equal(t, 1, n, "mutant %q: its text stands %d times in %s. Write it anew in ledger_mutants_test.go: the text that makes the rule as the file has it now, and the same with the fault:\n%s", m.name, n, m.file, m.old)
	return strings.Replace(string(raw), m.old, m.new, 1)
}

func TestMutantsAreUpToDate(t *testing.T) {
	for _, m := range mutants {
		t.Run(m.name, func(t *testing.T) { require.NotEqual(t, m.old, m.new); m.mutated(t) })
	}
}

// TestSoakMutants builds the package's tests once per mutant, with the fault laid
// over the file, and expects them to fail. It compiles: about two seconds each.
func TestSoakMutants(t *testing.T) {
	if os.Getenv("TILLWISE_SOAK") != "full" {
		t.Skip("TILLWISE_SOAK=full (make mutants) builds a test binary for each mutant")
	}
	texts := make([]string, len(mutants))
	for i, m := range mutants {
		texts[i] = m.mutated(t)
	}
	require.Empty(t, caught(t, "", ""), "without a mutant the tests must pass")
	var (
		group sync.WaitGroup
		mutex sync.Mutex
		next  int
		by    = make([]string, len(mutants))
	)
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for {
				mutex.Lock()
				i := next
				next++
				mutex.Unlock()
				if i >= len(mutants) {
					return
				}
				by[i] = strings.Join(caught(t, mutants[i].file, texts[i]), ", ")
			}
		})
	}
	group.Wait()
	table := "caught by:"
	for i, m := range mutants {
		if by[i] == "" {
			t.Errorf("no test catches the mutant %q in %s", m.name, m.file)
		}
		table += fmt.Sprintf("\n  %-46s %-14s %s", m.name, m.file, by[i])
	}
	t.Log(table)
}

var failed = regexp.MustCompile(`(?m)^--- FAIL: (\w+)`)

// caught gives the tests that fail with a file's text replaced: the ledger test
// if it does, else all others that do.
func caught(t *testing.T, file, text string) []string {
	dir := t.TempDir()
	binary := filepath.Join(dir, "plugin.test")
	build := exec.Command("go", "test", "-c", "-vet=off", "-o", binary, ".")
	if file != "" {
		here, err := filepath.Abs(file)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600)
		}
		overlay, _ := json.Marshal(map[string]map[string]string{"Replace": {here: filepath.Join(dir, file)}})
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, "overlay.json"), overlay, 0o600)
		}
		if err != nil {
			t.Error(err)
			return nil
		}
		build.Args = slices.Insert(build.Args, 3, "-overlay", filepath.Join(dir, "overlay.json"))
	}
	if out, err := build.CombinedOutput(); err != nil {
		t.Errorf("%s", out)
		return nil
	}
	for _, args := range [][]string{{"-test.run=^TestLedger$"}, {"-test.short", "-test.skip=^(TestLedger|TestMutants.*|TestSoak.*)$"}} {
		run := exec.Command(binary, append(args, "-test.timeout=5m")...)
		run.Env = append(os.Environ(), "TILLWISE_LEDGER_SALES=100000", "TILLWISE_SOAK=")
		out, err := run.CombinedOutput()
		if err == nil {
			continue
		}
		var names []string
		for _, match := range failed.FindAllSubmatch(out, -1) {
			names = append(names, string(match[1]))
		}
		if names == nil {
			names = []string{"a panic"}
		}
		return names
	}
	return nil
}
