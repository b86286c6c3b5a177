package tui

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

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
		{"English", sampleCard(plugin.English), Look{}, `State: [!] TRY AGAIN
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
		{"French in ASCII", checkCard(plugin.French), Look{Letters: LettersASCII}, `Etat : [?] VERIFIER LA VENTE
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
	s := New(Options{clock: func() time.Time { return now }})
	m, w := newModel(s.o), newWorker()
	defer w.stop()
	m.show(pauseCard(plugin.English), now)
	require.Contains(t, flat(s.choices(m)), "Choose: 1 Try again (in 4 s), 2 Other payment,")
	now = now.Add(1500 * time.Millisecond)
	require.Equal(t, "[1] WAIT 3 s\n", strings.ReplaceAll(s.answer("1", m, w), nbsp, " "))
	require.Empty(t, s.Events())
	now = now.Add(2500 * time.Millisecond)
	require.Contains(t, s.choices(m), "1 Try again, 2")
	s.answer("", m, w)
	require.Equal(t, plugin.ActTryAgain, (<-s.Events()).Action)
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
