package plugin

import (
	"hash/crc32"
	"slices"
	"strconv"
	"strings"

	"github.com/tillwise/tillwise/plugin/internal/calendar"
	"github.com/tillwise/tillwise/plugin/internal/json"
)

// Recognise reduces an exchange to its facts: the operation, what Flexiti
// answered in documented terms, and nothing else. It returns for every input.
// What a reply contains is never an error: HTML, nothing, cut JSON or a wrong
// encoding are replies that tills get. The free text of a reply, the values of
// its field errors, and whatever else it or the request holds are not read, or
// read only to be sorted into a documented class.
func Recognise(x Exchange) Facts {
	name := x.Operation
	if name == "" {
		name = OperationOf(x.Method, x.URL)
	}
	op, ok := named(name)
	if !ok {
		op = about(OpUnknown)
	}
	f := Facts{
		Operation:       op.name,
		Status:          max(0, min(x.Status, maxStatus)),
		Format:          knownFormat(string(x.Request.Format)),
		TransactionType: knownTransactionType(x.Request.TransactionType),
		AutoCapture:     x.Request.AutoCapture,
		Amount:          readAmount(x.Request.Amount),
		HasKey:          x.Request.IdempotencyKey != "",
		Call:            hashOf(x.Call),
	}
	if x.Request.IdempotencyKey != KeySent {
		f.Key = hashOf(x.Request.IdempotencyKey)
	}
	f.Authorization, f.Capture = pathNumbers(x.URL)
	if f.Operation == OpUnknown && strings.EqualFold(x.Method, "GET") {
		f.Operation = OpUnknownRead
	}
	if f.Status == 0 {
		f.Failure = known(x.Failure, failures)
		f.Sent = sent(known(x.Sent, sents), f.Failure)
		return f
	}
	f.RetryAfterS = retryAfter(x)
	readBody(&f, x)
	if f.Operation == OpApply {
		f.applicationOutcome()
	}
	return f
}

const (
	maxStatus = 999 // as the contract has it, so that a record can be read again
	maxFound  = 8   // payments of a read-back that are kept: more than a sale remembers
	maxFields = 16  // fields of a reply that are kept
)

// known gives a word of a closed vocabulary, or none: facts hold no other text,
// whoever calls.
func known[T comparable](word T, words []T) (none T) {
	if slices.Contains(words, word) {
		return word
	}
	return none
}

// hashOf is CRC-32C of a name or a number, never 0 for one that is there.
func hashOf(s string) Hash {
	if s == "" {
		return 0
	}
	return Hash(max(crc32.Checksum([]byte(s), castagnoli), 1))
}

func sent(s Sent, f Failure) Sent {
	switch {
	case f == FailurePending:
		return "" // not yet, whatever else is said
	case s != "":
		return s
	case f == FailureRefused || f == FailureDNS:
		return SentNo
	}
	return SentUnknown
}

// readBody takes from the reply its code, its fields and the few facts that a
// good answer has. What the POS says that it found, or of an application, counts
// only beside a good answer that it can be about; a POS that keeps the body to
// itself has read it for us.
func readBody(f *Facts, x Exchange) {
	text := strings.TrimPrefix(x.Body, "\ufeff")
	v, err := json.Parse(text)
	if err != nil && !f.succeeded() {
		v = parseAgain(text)
	}
	if x.BodyCut {
		v = json.Value{}
	}
	if !f.succeeded() {
		if v.Kind() == json.Object {
			f.Code, f.Fields = bodyCode(v), bodyFields(v)
		}
		return
	}
	if f.Operation == OpApply && v.Kind() == json.Object {
		if f.Code = bodyCode(v); f.Code == codeDeclined || f.Code == codePending {
			return
		}
		f.Code = ""
	}
	result := f.Operation == OpApply && x.Result != ""
	found := x.Found != nil && f.Status == 200 && about(f.Operation).kind == kindReadBack
	if text != "" || x.BodyCut || f.Status == 202 || !result && !found {
		f.readGood(v)
	}
	switch {
	case f.Code != "":
	case result:
		f.Result = known(x.Result, results)
	case found:
		f.Found = foundFacts(x.Found)
	}
}

// parseAgain reads a body that only control characters keep from being JSON:
// Flexiti's messages can hold raw line breaks.
func parseAgain(text string) json.Value {
	if !strings.HasPrefix(strings.TrimSpace(text), "{") {
		return json.Value{}
	}
	clean := []byte(text)
	for i, c := range clean {
		if c < ' ' {
			clean[i] = ' '
		}
	}
	v, _ := json.Parse(string(clean))
	return v
}

// foundFacts keeps what a read-back found. Of too many entries those with money
// in them are kept first: none of them may hide behind others. A list with a
// state that is none says nothing.
func foundFacts(found []Found) []FoundFact {
	facts := make([]FoundFact, 0, min(len(found), maxFound))
	for _, withMoney := range []bool{true, false} {
		for _, p := range found {
			if known(p.State, foundStates) == "" {
				return nil
			}
			if len(facts) < maxFound && withMoney == (p.State == FoundCaptured || p.State == FoundHeld) {
				facts = append(facts, FoundFact{p.State, readAmount(p.Amount), hashOf(p.ID)})
			}
		}
	}
	return facts
}

// bodyCode finds the code in a refusal: `error` in all of Flexiti's examples
// (page 10190869), `code` beside it in OAuth servers' replies and inside it in
// those of gateways.
func bodyCode(v json.Value) string {
	e := v.Get("error")
	if inner := e.Get("code"); inner.Kind() == json.String {
		e = inner
	}
	if !e.Present() {
		if e = v.Get("code"); e.Kind() != json.String {
			return ""
		}
	}
	s, ok := e.Str()
	if !ok {
		return codeUnreadable
	}
	return knownCode(s)
}

// bodyFields reads `field_errors`, which the prose of page 22020136 calls `error_fields`.
func bodyFields(v json.Value) (fields []Field) {
	list := v.Get("field_errors")
	if list.Kind() != json.Array {
		list = v.Get("error_fields")
	}
	if list.Kind() != json.Array {
		return nil
	}
	for e := list.First(); e.Kind() != json.Missing && len(fields) < maxFields; e = e.Next() {
		if e.Kind() != json.Object {
			continue
		}
		param, _ := e.Get("param").Str()
		msg, _ := e.Get("msg").Str()
		kind, _ := e.Get("type").Str()
		fields = append(fields, Field{knownParam(param), problemOf(kind, msg)})
	}
	return fields
}

// applicationOutcome gives all declined applications one set of facts, and all
// pending ones another: whether Flexiti said it with a code or with a 200 must
// not tell one decline from another. The calls that move money have no such
// outcome: there a code that begins like one leaves the status as it is.
func (f *Facts) applicationOutcome() {
	code, result := codeDeclined, ResultDeclined
	switch {
	case f.Code == codeDeclined || f.Result == ResultDeclined:
	case f.Code == codePending || f.Result == ResultPending:
		code, result = codePending, ResultPending
	default:
		return
	}
	f.Status, f.Code, f.Result, f.State, f.Fields, f.RetryAfterS = 409, code, result, "", nil, 0
}

func knownFormat(s string) Method {
	s = strings.ToLower(s)
	if s == "security_answer" { // the widget's name for it, page 2405236773
		return MethodSecurityQuestion
	}
	return known(Method(s), methods)
}

// knownTransactionType keeps the documented values (pages 9601087 and 10092715).
func knownTransactionType(s string) string {
	switch s {
	case "deposit", "instore_payment", "tradein", "promotional_purchase", "regular_purchase":
		return s
	}
	return ""
}

// maxRetryAfterS bounds what a Retry-After header can ask for: one day.
const maxRetryAfterS = 24 * 60 * 60

// retryAfter reads the Retry-After header, which holds seconds or a date; a
// date counts from the reply's own Date header, or else from when it came. Of
// several values the first counts.
func retryAfter(x Exchange) int {
	after := header(x.Headers, "retry-after")
	if after == "" {
		return 0
	}
	first, _, _ := strings.Cut(after, ",")
	seconds, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil {
		until, isDate := calendar.HTTPDate(after)
		from, dated := calendar.HTTPDate(header(x.Headers, "date"))
		if !dated {
			from = x.At / 1000
		}
		if !isDate || from == 0 {
			return 0
		}
		seconds = int(max(0, min(until-from, maxRetryAfterS)))
	}
	return max(0, min(seconds, maxRetryAfterS))
}

// header finds a header without case. Of several spellings the one that sorts
// first counts: a map has no order, and equal events have equal facts.
func header(headers map[string]string, name string) string {
	best, value := "", ""
	for spelling, v := range headers {
		if strings.EqualFold(spelling, name) && (best == "" || spelling < best) {
			best, value = spelling, v
		}
	}
	return strings.TrimSpace(value)
}
