//go:build e2e

package e2e

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// gaps are those between the characters of scanners and of what pretends to be a keyboard.
var gaps = []time.Duration{5 * time.Millisecond, 20 * time.Millisecond, 33 * time.Millisecond, 60 * time.Millisecond}

// silence is longer than what a burst is waited for to end.
const silence = 500 * time.Millisecond

// cards are those on which a key that nobody meant does harm, and a key that is meant.
var cards = []struct {
	name, headline string
	lead           func(tt *terminal)
	key, want      string
}{
	{"a lost payment", "CHECK FIRST", func(tt *terminal) { tt.post("1", "en-CA", lostPayment) }, "1", "check_status"},
	{"the supervisor's card in doubt", "SUPERVISOR ONLY", callSupervisor, "1", "hold_sale"},
	{"a wrong answer", "TRY AGAIN", func(tt *terminal) { tt.post("1", "en-CA", wrongAnswer) }, "2", "send_code_sms"},
}

func callSupervisor(tt *terminal) {
	tt.post("1", "en-CA", lostPayment)
	tt.press(keyOf(tt.t, tt.until("Call your supervisor"), "Call your supervisor"))
	tt.until("SUPERVISOR ONLY")
}

// keyOf finds the key of an action on the screen.
func keyOf(t *testing.T, seen, action string) string {
	t.Helper()
	found := regexp.MustCompile(`\[(\d)\] +` + regexp.QuoteMeta(action)).FindStringSubmatch(seen)
	require.NotNil(t, found, "no key for %q:\n%s", action, seen)
	return found[1]
}

// tries are more than a machine that is fit for these tests ever needs.
const tries = 4

func TestScannersChooseNothing(t *testing.T) {
	bursts := []string{"4006381333931\r", "4006381333931\t", "1111\r", "2200123456789\r", "5555\r", "X00Q19L8B1\t", "%B4000^TEST^0000?;4000=0000?\r"}
	for _, card := range cards {
		for _, gap := range gaps {
			t.Run(card.name+" "+gap.String(), func(t *testing.T) {
				t.Parallel()
				for try := 1; ; try++ {
					tt := open(t, utf8)
					card.lead(tt)
					tt.until(card.headline)
					k := tt.typist()
					before := tt.choices("1", 0, 1)
					time.Sleep(silence)
					for _, burst := range bursts {
						k.write(burst, gap)
						time.Sleep(silence)
					}
					if !k.even() && try < tries {
						t.Logf("the machine did not let it type evenly: again")
						continue
					}
					require.Equal(t, before, tt.choices("1", 0, 1))
					tt.actsOn(k, card.headline, "1", card.key, card.want)
					return
				}
			})
		}
	}
}

func TestPastesChooseNothing(t *testing.T) {
	for _, card := range cards {
		t.Run(card.name, func(t *testing.T) {
			t.Parallel()
			tt := open(t, utf8)
			card.lead(tt)
			tt.until(card.headline)
			k := tt.typist()
			before := tt.choices("1", 0, 1)
			time.Sleep(silence)
			for _, paste := range []string{"4006381333931", "1111", "5", "1\r", "2\r5\r", "%1\r"} {
				k.send("\x1b[200~" + paste + "\x1b[201~")
				time.Sleep(silence)
			}
			for _, paste := range []string{"4006381333931\r", "1111", "1\r", "2\r5\r", "1\n2\n3\n"} {
				k.send(paste)
				time.Sleep(silence)
			}
			require.Equal(t, before, tt.choices("1", 0, 1))
			tt.actsOn(k, card.headline, "1", card.key, card.want)
		})
	}
}

// TestAHeldKeyActsOnce: while the key stays down the POS tells of three more events of the sale.
func TestAHeldKeyActsOnce(t *testing.T) {
	keyboards := []struct {
		name       string
		delay, gap time.Duration
	}{
		{"a desktop", 500 * time.Millisecond, 33 * time.Millisecond},
		{"the Linux console", 250 * time.Millisecond, 92 * time.Millisecond},
	}
	for _, card := range cards {
		for _, keyboard := range keyboards {
			t.Run(card.name+" "+keyboard.name, func(t *testing.T) {
				t.Parallel()
				tt := open(t, utf8)
				card.lead(tt)
				tt.until(card.headline)
				k := tt.typist()
				before := len(tt.choices("1", 0, 1))
				time.Sleep(silence)
				next := lostPayment
				if card.headline == "TRY AGAIN" {
					next = wrongAnswer
				}
				k.hold("1", keyboard.delay, keyboard.gap, 2*time.Second)
				for range 3 {
					tt.post("1", "en-CA", next)
					k.hold("1", keyboard.gap, keyboard.gap, 2*time.Second)
				}
				made := tt.choices("1", 0, 1)[before:]
				require.Len(t, made, 1, "%v", made)
				require.NotContains(t, made[0].Action, "settle")

				tt.post("9", "en-CA", wrongAnswer)
				tt.until("TRY AGAIN")
				time.Sleep(silence)
				tt.actsOn(k, "TRY AGAIN", "9", "1", "ask_again")
			})
		}
	}
}

// actsOn has one lone key act on a card, and the POS hear of it.
func (tt *terminal) actsOn(k *typist, headline, sale, key, want string) {
	tt.t.Helper()
	require.Contains(tt.t, tt.see(), headline, "the card is still there")
	last := int64(0)
	for _, c := range tt.choices(sale, 0, 1) {
		last = c.N
	}
	type heard struct {
		list []choice
		at   time.Time
	}
	hears := make(chan heard, 1)
	go func() {
		list := tt.choices(sale, last, 10)
		hears <- heard{list, time.Now()}
	}()
	time.Sleep(silence)
	pressed := k.send(key)
	got := <-hears
	require.Len(tt.t, got.list, 1, "of the lone key")
	require.Equal(tt.t, want, got.list[0].Action)
	tt.t.Logf("the POS heard of %s %v after the key", want, got.at.Sub(pressed).Round(100*time.Microsecond))
	require.Less(tt.t, got.at.Sub(pressed), 2*time.Second)
}

// TestSettlingIsAsked: the first key says what will be taken as true, key 5 within five seconds confirms it.
func TestSettlingIsAsked(t *testing.T) {
	tt := open(t, utf8)
	callSupervisor(tt)
	card := tt.see()
	require.Regexp(t, `\[1\] +Keep this for later`, card)
	require.Regexp(t, `\[2\] +Confirm`, card)

	tt.press("2")
	question := tt.untilSeen("a question", asksFor5(card))
	require.Contains(t, question, "1,249.00")
	require.Contains(t, question, "Esc")
	tt.press("2", "1", "Enter")
	require.Equal(t, []string{"call_supervisor"}, tt.chosen("1"), "no other key confirms")

	tt.press("Escape")
	tt.until("SUPERVISOR ONLY")
	tt.press("2")
	tt.untilSeen("a question", asksFor5(card))
	time.Sleep(5 * time.Second)
	tt.press("5")
	require.Equal(t, []string{"call_supervisor"}, tt.chosen("1"), "too late")

	tt.until("SUPERVISOR ONLY")
	tt.press("2", "5")
	tt.until("Confirmed")
	made := tt.chosen("1")
	require.Len(t, made, 2)
	require.Contains(t, made[1], "settle_")
}

// asksFor5 is a picture that is not the card, and names key 5 and the way back.
func asksFor5(card string) func(string) bool {
	return func(s string) bool { return s != card && key5.MatchString(s) && strings.Contains(s, "Esc") }
}

var key5 = regexp.MustCompile(`\b5\b`)

// TestLeavingIsAsked: Ctrl-C and q ask; Esc stays, 5 leaves.
func TestLeavingIsAsked(t *testing.T) {
	for _, key := range []string{"C-c", "q"} {
		t.Run(key, func(t *testing.T) {
			tt := open(t, utf8)
			tt.post("1", "en-CA", wrongAnswer)
			card := tt.until("TRY AGAIN")
			tt.press(key)
			tt.untilSeen("a question", asksFor5(card))
			tt.press("Escape")
			tt.until("DO NOW")
			require.Empty(t, tt.chosen("1"))
			tt.press(key)
			time.Sleep(silence)
			tt.press("5")
			tt.until("ENDED 0")
		})
	}
}
