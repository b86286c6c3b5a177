package handmade

import "github.com/tillwise/tillwise/plugin"

// Fault is a module with one fault, and what a host has to say of it.
type Fault struct {
	Name   string // as a file is called, without its ending
	Module []byte
	Kind   plugin.ErrorKind
	Says   string // a word of the error, where the hosts agree on one
}

// lie is an answer that nobody should ever see.
const lie = `{"v":1,"prompt":{"locale":"en-CA","ref":"","banner":"APPROVED","headline":"All is paid","money":"MONEY TAKEN","retry":"","never":"","actions":[{"label":"x","text":"x"}],` +
	`"say":"","if_asked":"","owner":"","why":"","fields":[],"contact":"","customer_display":["",""]},"decision":{"card":"purchase_captured","family":"approved","banner":"done",` +
	`"money":"moved","money_kind":"purchase","retry":{"policy":"never","left":0,"after_s":0,"until":0},"owner":"nobody","privacy":"public","doubt":false,"actions":[{"id":"finish_sale"}],` +
	`"fields":[],"matched":{"rule":"x","by":"code","source":"judgement"}},"sale":{}}`

// once goes on past it the first time in the life of an instance; after that the
// face returns its lie.
func once(size int) []byte {
	return Concat(I32(0), []byte{Load8, 0, FlagAt, BranchIf, Block}, Text(AnswerAt, size), []byte{Returns, End},
		I32(0), I32(1), []byte{Store8, 0, FlagAt})
}

// Forever is a loop without an end.
func Forever() []byte { return []byte{Loop, Block, Branch, 0, End, Unreachable} }

// Failing are modules that start, and leave an event without an answer.
func Failing() []Fault {
	answers := func(code ...[]byte) map[string][]byte { return map[string][]byte{"tillwise_answer": Concat(code...)} }
	takes := func(code []byte) map[string][]byte { return map[string][]byte{"tillwise_buffer": code} }
	growing := Concat([]byte{Loop, Block}, I32(1), []byte{MemoryGrow, 0}, I32(-1), []byte{0x46, BranchIf, Block, Unreachable, End, Branch, 0, End, Unreachable})
	fails := plugin.ModuleFailed
	return []Fault{
		{"traps", Module{Faces: answers(once(len(lie)), []byte{Unreachable}), Answer: lie}.Bytes(), fails, ""},
		{"loops", Module{Faces: answers(Forever())}.Bytes(), plugin.DeadlinePassed, ""},
		{"loops-before-input", Module{Faces: takes(Forever())}.Bytes(), plugin.DeadlinePassed, ""},
		{"grows", Module{Faces: answers(growing)}.Bytes(), fails, ""},
		{"recurses", Module{Faces: answers([]byte{LocalGet, 0, Call, 4})}.Bytes(), fails, ""},
		{"no-place", Module{Faces: takes(I32(0))}.Bytes(), fails, ""},
		{"place-outside", Module{Faces: takes(I32(-8))}.Bytes(), fails, ""},
		{"answer-outside", Module{Faces: answers(Text(1<<30, 100))}.Bytes(), fails, ""},
		{"answer-ends-outside", Module{Faces: answers(Text(InputAt, 1<<20))}.Bytes(), fails, ""},
		{"answer-empty", Module{}.Bytes(), fails, ""},
		{"answer-no-json", Module{Answer: "\x00\xff{"}.Bytes(), fails, ""},
		{"answer-no-object", Module{Answer: "[1]"}.Bytes(), fails, ""},
		{"answer-no-answer", Module{Answer: `{"v":1}`}.Bytes(), fails, ""},
		{"answer-no-way-out", Module{Answer: `{"prompt":{"headline":"x"},"decision":{"card":"x"},"sale":{}}`}.Bytes(), fails, ""},
	}
}

// Wrong are modules that a host must not run.
func Wrong() []Fault {
	good := Module{}.Bytes()
	starts := func(code []byte) map[string][]byte { return map[string][]byte{"_initialize": code} }
	wrong := plugin.WrongModule
	return []Fault{
		{"no-module", []byte("MZ"), wrong, "cannot be loaded"},
		{"cut", good[:len(good)-9], wrong, "cannot be loaded"},
		{"imports", Module{Imports: true}.Bytes(), wrong, "imports"},
		{"no-decide", Module{Without: "tillwise_decide"}.Bytes(), wrong, "tillwise_decide"},
		{"no-initialize", Module{Without: "_initialize"}.Bytes(), wrong, "_initialize"},
		{"no-memory", Module{NoMemory: true}.Bytes(), wrong, "memory"},
		{"abi-2", Module{Faces: map[string][]byte{"tillwise_abi": I32(2)}}.Bytes(), wrong, "ABI 2"},
		{"traps-at-start", Module{Faces: starts([]byte{Unreachable})}.Bytes(), wrong, "does not start"},
		{"loops-at-start", Module{Faces: starts([]byte{Loop, Block, Branch, 0, End})}.Bytes(), wrong, "does not start"},
		{"traps-on-settings", Module{Faces: map[string][]byte{"tillwise_configure": {Unreachable}}}.Bytes(), wrong, "does not start"},
	}
}

// busyFor is how many rounds Busy works: some milliseconds compiled, and some
// hundred where it is interpreted.
const busyFor = 3_000_000

// Busy answers rightly, with answer, but takes a while, and tells a lie if it is
// called while it works: one instance in two threads.
func Busy(answer string) []byte {
	at := AnswerAt + len(answer)
	return Module{Answer: answer + lie, Faces: map[string][]byte{"tillwise_answer": Concat(
		I32(0), []byte{Load8, 0, FlagAt, BranchIf, Block}, Text(at, len(lie)), []byte{Returns, End},
		I32(0), I32(1), []byte{Store8, 0, FlagAt},
		I32(busyFor), []byte{LocalSet, 0},
		[]byte{Loop, Block, LocalGet, 0}, I32(1), []byte{i32Sub, LocalTee, 0, branchIfBack, 0, End},
		I32(0), I32(0), []byte{Store8, 0, FlagAt}, Text(AnswerAt, len(answer)))}}.Bytes()
}
