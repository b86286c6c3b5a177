//go:build !wasip1

package plugin

// SafeCards is what a host that is not written in Go needs to show the safe card
// where it has no module, or one that gives no answer: wasm/sdk/safe.json. How an
// answer is made of it, that page's README says; SafeAnswer is what it stands for.
type SafeCards struct {
	V            int    `json:"v"`
	ModuleSHA256 string `json:"module_sha256"` // of the module that it belongs to
	// TooLarge is what the module answers to an input above its limit, for which
	// it has no buffer.
	TooLarge string `json:"too_large"`
	// Paths tell a call by the end of its path; the first that fits counts.
	Paths []SafePath `json:"paths"`
	// Operations are all that an event can be about.
	Operations map[Operation]SafeOperation `json:"operations"`
	Words      []map[Lang]Prompt           `json:"words"`

	places map[string]int // of Words, by their text
}

// SafePath is the end of a path: its last segment, and what the one or the two
// before must be. Empty: anything.
type SafePath struct {
	Last      string    `json:"last"`
	Before    string    `json:"before,omitempty"`
	Third     string    `json:"third,omitempty"`
	Operation Operation `json:"operation"`
}

// SafeOperation has the cards for one operation: of a fresh sale, and of one of
// which the host knows no more than that it has begun.
type SafeOperation struct {
	Moves     bool     `json:"moves"`      // it may move money
	ReadsBack bool     `json:"reads_back"` // it reads what became of a payment, by GET alone
	Fresh     SafeCard `json:"fresh"`
	Known     SafeCard `json:"known"`
}

// SafeCard is a decision and the place of its prompts in Words.
type SafeCard struct {
	Words    int      `json:"words"`
	Decision Decision `json:"decision"`
}

// MakeSafeCards makes them from the rules and the words; the hash of the module is
// for the caller to fill in.
func MakeSafeCards() SafeCards {
	all := SafeCards{V: ABI, TooLarge: string(new(Module).Answer(make([]byte, MaxInput+1))), Operations: map[Operation]SafeOperation{}, places: map[string]int{}}
	for _, e := range endings {
		all.Paths = append(all.Paths, SafePath{e.last, e.before, e.third, e.op})
	}
	// Of a sale that has begun anything may be true.
	begun := Sale{}.doubting(OpUnknown, 0)
	for _, name := range callable {
		op := about(name)
		all.Operations[name] = SafeOperation{
			Moves: op.moves(), ReadsBack: op.kind == kindReadBack,
			Fresh: all.card(name, Sale{}), Known: all.card(name, begun),
		}
	}
	return all
}

// card makes one card; equal words are kept once. The time is any: what it is
// about takes the event's.
func (all *SafeCards) card(op Operation, s Sale) SafeCard {
	d, _ := safe(op, 1, s)
	words, text := map[Lang]Prompt{}, codec{mode: writing}
	for _, l := range langs {
		p := Render(d, Texts{}, Locale{Cashier: l, Customer: l})
		text.prompt(&p)
		words[l] = p
	}
	place, known := all.places[string(text.w.Out)]
	if !known {
		place = len(all.Words)
		all.places[string(text.w.Out)] = place
		all.Words = append(all.Words, words)
	}
	return SafeCard{place, d}
}
