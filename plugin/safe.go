package plugin

// SafeAnswer is the answer for an event that could not be worked out: a till is
// never left without a card. It is built without the three stages, so that what
// broke them cannot break it. prior is the sale that came in, as JSON; it is
// kept, with doubt added where the operation moves money or is not known.
// There is no record: nothing was decided.
func SafeAnswer(op Operation, at int64, prior []byte, texts Texts, l Locale) Answer {
	d, after := safe(op, at, saleOf(string(prior)))
	return Answer{V: ABI, Prompt: Render(d, texts, l), Decision: d, Sale: after}
}

// safe is the safe card's decision, and the sale after it.
func safe(op Operation, at int64, s Sale) (Decision, Sale) {
	of, ok := named(op)
	if !ok {
		of = about(OpUnknown)
	}
	if of.moves() {
		s = s.doubting(of.name, at)
	}
	t := newTurn(Facts{Operation: of.name, At: at}, s, Policy{})
	t.concerns = len(t.s.Payments) - 1
	t.use(situations[troubledTill])
	t.d.Matched = Matched{"unknown/" + string(of.name) + "/0/", byClass, SourceJudgement}
	return t.finish()
}
