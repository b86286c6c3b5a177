//go:build e2e

package e2e

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var (
	wrongAnswer = map[string]any{"operation": "verify", "status": 409, "body": `{"error":"secret_answer_mismatch"}`,
		"request": map[string]any{"format": "security_question"}}
	lostPayment = map[string]any{"operation": "authorization", "failure": "timeout", "request": map[string]any{"amount": "1249.00"}}
	utf8        = []string{"LANG=C.UTF-8", "TERM=xterm-256color"}
)

func TestAShift(t *testing.T) {
	state := t.TempDir()
	tt := open(t, utf8, "--state", state)
	tt.until("Ready")
	tt.post("1", "en-CA", wrongAnswer)
	tt.until("TRY AGAIN")
	tt.press("F9")
	tt.until("À FAIRE")
	tt.press("9")
	tt.until("DO NOW")
	tt.press("6")
	tt.until("verify/409/secret_answer_mismatch")
	tt.press("Escape")
	tt.until("DO NOW")
	tt.press("7")
	require.NotContains(t, tt.until("Paused"), "TRY AGAIN")
	tt.press("7")
	tt.until("DO NOW")
	tt.press("2")
	require.Equal(t, []string{"send_code_sms"}, tt.chosen("1"))
	tt.until("ONE MOMENT")

	tt.post("2", "en-CA", lostPayment)
	card := tt.until("CHECK FIRST")
	tt.press("Escape", "Escape", "Escape")
	tt.until("1 SALE TO CHECK before the end of the shift")
	tt.press("8")
	tt.until("HISTORY")

	tt.gone("KILL")
	again := open(t, utf8, "--state", state)
	idle := again.until("1 SALE TO CHECK before the end of the shift")
	ref := strings.TrimSpace(card[strings.Index(card, "REF  ")+5:][:5])
	require.Contains(t, idle, ref)
	again.press("1")
	again.until("CHECK FIRST")
}

func TestResizing(t *testing.T) {
	tt := open(t, utf8)
	tt.post("1", "en-CA", wrongAnswer)
	tt.until("DO NOW")
	for _, size := range [][2]string{{"40", "12"}, {"132", "43"}, {"20", "5"}, {"80", "24"}} {
		tt.tmux("resize-window", "-x", size[0], "-y", size[1])
		tt.untilSeen("a card of "+size[0]+"x"+size[1], func(s string) bool {
			rows := strings.Split(strings.TrimRight(s, "\n"), "\n")
			top := strings.Contains(strings.Join(rows[:min(len(rows), 4)], "\n"), "TRY AGAIN")
			return top && strings.Contains(s, "[1]") && (size[0] != "132" || strings.Contains(s, "THIS SALE")) && (size[0] != "80" || strings.Contains(s, "Esc Back"))
		})
	}
}

func TestTheKeypadInBothModes(t *testing.T) {
	tt := open(t, utf8)
	tt.post("1", "en-CA", wrongAnswer)
	tt.until("DO NOW")
	tt.press("KP6")
	tt.until("DETAILS")
	tt.press("KPEnter")
	tt.until("DO NOW")
	tt.press("KP2")
	require.Equal(t, []string{"send_code_sms"}, tt.chosen("1"))
}

func TestLineFeedIsEnter(t *testing.T) {
	tt := open(t, utf8)
	tt.post("1", "en-CA", wrongAnswer)
	tt.until("DO NOW")
	tt.press("C-j")
	require.Equal(t, []string{"ask_again"}, tt.chosen("1"))
}

func TestAScannerChoosesNothing(t *testing.T) {
	tt := open(t, utf8)
	tt.post("1", "en-CA", wrongAnswer)
	tt.until("DO NOW")
	time.Sleep(arming)
	tt.tmux("send-keys", "-l", "4006381333931\r")
	tt.tmux("send-keys", "-l", "%B4000^TEST^0000?;4000=0000?\r")
	tt.press("6")
	tt.until("DETAILS")
	require.Empty(t, tt.chosen("1"))
}

func TestSignalsGiveTheTerminalBack(t *testing.T) {
	for _, signal := range []string{"TERM", "HUP", "INT"} {
		t.Run(signal, func(t *testing.T) {
			tt := open(t, utf8)
			tt.until("Ready")
			tt.kill(signal)
			ended := tt.until("ENDED 0")
			tt.untilSeen("a terminal in line mode", func(s string) bool {
				return strings.Contains(s, "icanon") && !strings.Contains(s, "-icanon")
			})
			require.NotContains(t, ended, "Ready", "the screen is as it was before")
		})
	}
}

func TestATillThatWasStoppedGoesOn(t *testing.T) {
	tt := open(t, utf8)
	tt.post("1", "en-CA", wrongAnswer)
	tt.until("DO NOW")
	tt.kill("STOP")
	tt.tmux("send-keys", "-R")
	require.NotContains(t, tt.see(), "DO NOW")
	tt.kill("CONT")
	tt.until("DO NOW")
	tt.press("KP6")
	tt.until("DETAILS")
}

func TestATerminalThatCloses(t *testing.T) {
	tt := open(t, utf8)
	tt.until("Ready")
	pid := tt.pid()
	tt.tmux("kill-session")
	tt.ends(pid)
}

func TestTerminalsAndLocales(t *testing.T) {
	for _, locale := range []string{"C.UTF-8", "fr_CA.UTF-8", "fr_CA.ISO-8859-1", "C"} {
		for _, term := range []string{"xterm-256color", "screen", "linux", "vt220", "dumb"} {
			t.Run(locale+" "+term, func(t *testing.T) {
				tt := open(t, []string{"LANG=" + locale, "TERM=" + term})
				tt.post("1", "fr-CA", wrongAnswer)
				tt.until("[1]")
				time.Sleep(2 * glance)
				raw, err := os.ReadFile(tt.raw)
				require.NoError(t, err)
				want := map[string]string{"C.UTF-8": "À ", "fr_CA.UTF-8": "À ", "fr_CA.ISO-8859-1": "\xc0 ", "C": "A "}[locale]
				heading := map[bool]string{true: "dire", false: "FAIRE"}[term == "dumb"]
				require.Contains(t, string(raw), want+heading, "accents, or letters in their place")
				seen := tt.see()
				for _, sign := range []string{"(?)", "[?]"} {
					seen = strings.ReplaceAll(seen, sign, "")
				}
				for _, word := range strings.Fields(seen) {
					require.NotRegexp(t, `\?\pL`, word, "a letter became a question mark:\n%s", seen)
				}
				if term == "dumb" {
					require.Contains(t, seen, "TERM", "plain text says why")
				}
			})
		}
	}
}

func TestNoColor(t *testing.T) {
	tt := open(t, append([]string{"NO_COLOR=1"}, utf8...))
	tt.post("1", "en-CA", wrongAnswer)
	tt.until("DO NOW")
	require.NotRegexp(t, `\x1b\[[0-9;]*(3[0-7]|4[0-7]|9[0-7]|10[0-7]|38;|48;)[0-9;]*m`, tt.tmux("capture-pane", "-p", "-e"))
}

func TestAccessible(t *testing.T) {
	tt := open(t, append([]string{"ACCESSIBLE=1"}, utf8...))
	tt.post("1", "en-CA", wrongAnswer)
	require.Contains(t, tt.until("Choose:"), "ACCESSIBLE")
	tt.press("2", "Enter")
	require.Equal(t, []string{"send_code_sms"}, tt.chosen("1"))
}

func TestTraining(t *testing.T) {
	tt := open(t, utf8, "--training")
	tt.until("Short round")
	tt.press("1")
	tt.until("YOUR TURN")
	time.Sleep(arming)
	tt.press("1")
	tt.until("You chose")
	tt.press("Enter")
	tt.until("2/10")
	tt.press("Escape", "Escape")
	tt.until("Go on where you left (2 of 10)")
	tt.press("Escape")
	tt.until("Leave the training?")
	tt.press("5")
	tt.until("ENDED 0")
}

func TestTouch(t *testing.T) {
	store := t.TempDir() + "/store.toml"
	require.NoError(t, os.WriteFile(store, []byte("[till]\ntouch = true\n"), 0o600))
	tt := open(t, utf8, "--store", store)
	tt.post("1", "en-CA", wrongAnswer)
	tt.until("DO NOW")
	time.Sleep(arming)
	tt.tmux("send-keys", "-l", "\x1b[<0;30;12M") // a finger comes down on the third row of actions, and stays
	require.Len(t, tt.chosen("1"), 1)
}
