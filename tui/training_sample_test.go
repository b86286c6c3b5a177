package tui

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/native"
	"github.com/tillwise/tillwise/plugin"
)

// sampleLesson has one question, whose answer is 2, after some keys: 1 on the
// menu begins the round, 2 opens the list.
func sampleLesson(keys string) *lesson {
	s := step{card: sampleCard(plugin.English), right: 1, words: map[plugin.Lang]plugin.Prompt{},
		title:    map[plugin.Lang]string{plugin.English: "The security answer is wrong", plugin.French: "La réponse de sécurité est mauvaise"},
		customer: map[plugin.Lang]string{plugin.English: "It's my dog's name.", plugin.French: "C'est le nom de mon chien."},
		choices: map[plugin.Lang][]choice{
			plugin.English: {{"Ask what the dog is called, and type it yourself", "The answer would be heard, and no longer be a secret."},
				{text: "Let the customer type the answer again, in private"},
				{"Try spellings until one works", "After three wrong answers Flexiti locks the question for 48 hours."}},
			plugin.French: {{"Demandez le nom du chien et tapez-le vous-même", "La réponse s'entendrait et ne serait plus secrète."},
				{text: "Laissez le client taper la réponse de nouveau"},
				{"Essayez des façons de l'écrire jusqu'à ce que ça passe", "Après trois mauvaises réponses, Flexiti bloque la question pendant 48 heures."}},
		}}
	for _, l := range languages {
		s.words[l] = sampleCard(l).Prompt
	}
	l := newLesson(&Training{steps: []step{s}}, 1, Progress{})
	press(l, keys)
	return l
}

// press presses keys, one after the other.
func press(l *lesson, keys string) (leave bool) {
	for _, k := range keys {
		leave = l.key(key(k))
	}
	return leave
}

// builtInTraining is the training with the scenarios built in.
func builtInTraining(t testing.TB) *Training {
	training, err := LoadTraining(context.Background(), native.Engine{}, nil, "scenarios.toml", Scenarios)
	require.NoError(t, err)
	return training
}

// rightKey and wrongKey answer the question on the screen.
func rightKey(l *lesson) key { return key('1' + l.steps[l.current().steps[l.current().at]].right) }

func wrongKey(l *lesson) key {
	if k := rightKey(l) + 1; int(k-'1') < len(l.steps[l.current().steps[l.current().at]].choices[plugin.English]) {
		return k
	}
	return '1'
}
