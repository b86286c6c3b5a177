package tui

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/escape"
	"github.com/tillwise/tillwise/plugin"
)

func TestPlain(t *testing.T) {
	tests := []struct {
		name string
		card host.Card
		look Look
		want string
	}{
		{"English", sampleCard(plugin.English), Look{}, `Sale: 10-4471 $1,249.00
State: [!] TRY AGAIN
What happened: Security answer did not match
(-) MONEY NOT TAKEN
1 try is left, then use a code
Never say the answer out loud.
[1] Let the customer type the answer again, in private
[2] Send a code by text to the phone on file
[3] Ask for another payment
Say: That answer doesn't match what Flexiti has. Would you like to try once more, or get a code on your phone?
If asked: I can't see the reason. Flexiti can tell you privately.
Who sorts it out: The customer
Call: Supervisor desk: dial 4411
Reference: 7 F 3 K
`},
		{"French in ASCII", checkCard(plugin.French), Look{Letters: LettersASCII}, `Vente : 10-4466 1 249,00 $
Etat : [?] VERIFIER LA VENTE
Ce qui s'est passe : Aucune reponse de Flexiti
(?) PEUT-ETRE FACTURE
Verifiez la vente avant toute chose
N'envoyez pas cette vente une deuxieme fois.
[1] Verifiez l'etat de cette vente
[2] Appelez votre responsable avec la reference
[3] Mettez tout de cote et passez au client suivant
A dire : Je m'assure que vous ne payez pas deux fois. Ca prend une minute.
Qui s'en occupe : Votre responsable
Joindre : Bureau du responsable : poste 4411
Reference : 5 R 8 D
`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var b strings.Builder
			require.NoError(t, Plain(&b, test.card, test.look))
			require.Equal(t, test.want, b.String())
		})
	}
}

// Complaint: screen readers read borders and frames out.
func TestPlainTextHasNothingToReadAroundTheWords(t *testing.T) {
	for _, l := range languages {
		for name, c := range everyCard(t, l) {
			text := plainCard(c, Look{})
			require.NotRegexp(t, `[═─│]|  |\t|\x1b`, text, name)
			for _, want := range append(texts(c.Prompt)[:5], c.Prompt.Say) {
				require.Contains(t, text, want, name)
			}
		}
	}
}

func TestPlainFailsAsItsWriterDoes(t *testing.T) {
	r, w := io.Pipe()
	require.NoError(t, r.Close())
	require.ErrorIs(t, Plain(w, sampleCard(plugin.English), Look{}), io.ErrClosedPipe)
}

func TestPlainTextAnswersKeys(t *testing.T) {
	in, typing := io.Pipe()
	out := &heard{heard: make(chan string, 100)}
	s := New(Options{Plain: "ACCESSIBLE", In: in, Out: out, Engine: bilingual{}, Lang: plugin.English})
	ended := make(chan error)
	go func() { ended <- s.Run(t.Context()) }()
	until := func(want string) {
		t.Helper()
		for !strings.Contains(<-out.heard, want) {
		}
	}
	enter := func(line string) {
		_, err := typing.Write([]byte(line + "\n"))
		require.NoError(t, err)
	}
	until("ACCESSIBLE")
	s.Show(sampleCard(plugin.English))
	until("Choose: 1 Ask again, 2 Send a text, 3 Other payment")
	enter("6")
	until("verify/409/secret_answer_mismatch")
	enter("6")
	until("TRY AGAIN")
	enter("9")
	until("RÉESSAYER")
	enter("0")
	until("TOUCHES")
	enter("0")
	until("RÉESSAYER")
	enter("12") // a scanner
	enter("")
	require.Equal(t, plugin.ActAskAgain, (<-s.Events()).Action)
	require.NoError(t, typing.CloseWithError(errors.New("the keyboard is gone")))
	s.Show(checkCard(plugin.French))
	until("VÉRIFIER LA VENTE")
	s.Close()
	require.NoError(t, <-ended)
}

// Nothing counts down in plain text: the line says the pause, and a key in it what is left.
func TestPlainTextSaysThePause(t *testing.T) {
	now := time.Unix(1000, 0)
	out := &strings.Builder{}
	s := New(Options{Clock: func() time.Time { return now }, Out: out})
	sp := &speaker{p: s.p, m: s.p.m}
	said := func() string { defer out.Reset(); return flat(out.String()) }
	s.Show(pauseCard(plugin.English))
	sp.collect()
	require.Contains(t, said(), "Choose: 1 Try again (in 4 s), 2 Other payment,")
	now = now.Add(1500 * time.Millisecond)
	sp.answer("1")
	require.Equal(t, "[1] WAIT 3 s", said())
	require.Empty(t, s.Events())
	now = now.Add(2500 * time.Millisecond)
	sp.answer("0")
	sp.answer("0")
	require.Contains(t, said(), "1 Try again, 2")
	sp.answer("")
	require.Equal(t, plugin.ActTryAgain, (<-s.Events()).Action)
}

// A line that was begun on one card is not for another that came in between.
func TestALineBegunOnAnotherCardChoosesNothing(t *testing.T) {
	now := time.Unix(1000, 0)
	out := &strings.Builder{}
	s := New(Options{Clock: func() time.Time { return now }, Out: out})
	sp := &speaker{p: s.p, m: s.p.m}
	s.Show(sampleCard(plugin.English))
	sp.collect()
	now = now.Add(time.Minute)
	s.Show(checkCard(plugin.English))
	sp.collect()
	now = now.Add(time.Second)
	sp.answer("1")
	require.Empty(t, s.Events())
	require.Contains(t, flat(out.String()), "Another card came in between. Choose again for this one. Choose: 1 Check")
	sp.answer("1")
	require.Equal(t, plugin.ActCheckStatus, (<-s.Events()).Action)
	s.Show(doneCard(plugin.English)) // the card before had its choice
	sp.collect()
	sp.answer("1")
	require.Equal(t, plugin.ActFinishSale, (<-s.Events()).Action)
}

func TestPlainTextOpensARowOfTheHistory(t *testing.T) {
	now := time.Unix(1000, 0)
	out := &strings.Builder{}
	s := New(Options{Clock: func() time.Time { return now }, Out: out})
	sp := &speaker{p: s.p, m: s.p.m}
	for _, c := range []func(plugin.Lang) host.Card{doneCard, doneCard, sampleCard} {
		s.Show(c(plugin.English))
	}
	sp.collect()
	sp.answer("8")
	require.Contains(t, flat(out.String()), "[2] 14:32 10-4470 $1,249.00 [OK] Flexiti approved the purchase 9QWA")
	require.Contains(t, flat(out.String()), "Choose: 1-4 Open")
	out.Reset()
	sp.answer("3")
	require.Contains(t, flat(out.String()), "REF 9QWA")
	require.Contains(t, flat(out.String()), "DONE")
}

func TestPlainTextSettlesByTwoKeys(t *testing.T) {
	now := time.Unix(1000, 0)
	out := &strings.Builder{}
	s := New(Options{Clock: func() time.Time { return now }, Out: out})
	sp := &speaker{p: s.p, m: s.p.m}
	s.Show(settling())
	sp.collect()
	sp.answer("2")
	require.Contains(t, flat(out.String()), "From now on this counts as true: Sale 10-4466 $1,249.00 Confirm: the money was taken [5] Yes")
	sp.answer("2")
	require.Empty(t, s.Events())
	sp.answer("5")
	require.Equal(t, plugin.ActSettleTaken, (<-s.Events()).Action)
}

func TestTheEndSaysWhatIsOpen(t *testing.T) {
	for _, plain := range []string{"", "--plain"} {
		out := &strings.Builder{}
		in, typing := io.Pipe()
		sim := tcell.NewSimulationScreen("UTF-8")
		s := New(Options{Plain: plain, In: in, Out: out, screen: func() (tcell.Screen, error) { return sim, sim.Init() }})
		s.Show(checkCard(plugin.English))
		s.Show(doneCard(plugin.English))
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		require.NoError(t, s.Run(ctx))
		require.NoError(t, typing.Close())
		require.Regexp(t, `Still to check before the end of the shift:\nSale.10-4466   \$1,249.00   \(\?\) MAYBE TAKEN.*5R8D\n$`, out.String())
		_, open, _ := strings.Cut(out.String(), "Still to check")
		require.NotContains(t, open, "10-4470")
	}
}

// A card is escaped before its letters are encoded: behind a writer that takes
// UTF-8 only, Latin-1 must come out as it is, and nothing that steers a terminal.
func TestPlainBehindTheEscape(t *testing.T) {
	tests := []struct {
		name    string
		letters Letters
		want    string
	}{
		{"UTF-8", LettersAll, "déjà[2J31m"},
		{"Latin-1", LettersLatin1, "d\xe9j\xe0[2J31m"},
		{"ASCII", LettersASCII, "deja[2J31m"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			c := sampleCard(plugin.French)
			c.Prompt.Headline = "déjà\x1b[2J\u009b31m\u202e\x00"
			require.NoError(t, Plain(escape.NewWriter(&out), c, Look{Letters: tt.letters}))
			require.Contains(t, out.String(), tt.want)
			require.NotContains(t, out.String(), "\x1b")
			require.NotContains(t, out.String(), "\u202e")
		})
	}
}
