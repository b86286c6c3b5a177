package plugin

import (
	"strconv"
	"strings"
)

// Recognise reduces an exchange to its facts: the operation, what Flexiti
// answered in documented terms, and nothing else. It returns for every input.
// What a reply contains is never an error: HTML, nothing, cut JSON or a wrong
// encoding are replies that tills get. The free text of a reply, the values of
// its field errors, and whatever else it or the request holds are not read, or
// read only to be sorted into a documented class.
func Recognise(x Exchange) Facts {
	op := x.Operation
	if op == "" {
		op = OperationOf(x.Method, x.URL)
	}
	f := Facts{
		Operation:       about(op).name,
		Status:          x.Status,
		Format:          knownFormat(string(x.Request.Format)),
		TransactionType: knownTransactionType(x.Request.TransactionType),
		AutoCapture:     x.Request.AutoCapture,
		Amount:          plainAmount(x.Request.Amount),
		HasKey:          x.Request.IdempotencyKey,
		Result:          x.Result,
	}
	if f.Operation == OpUnknown && strings.EqualFold(x.Method, "GET") {
		f.Operation = OpUnknownRead
	}
	if x.Status <= 0 {
		f.Status, f.Failure, f.Sent = 0, x.Failure, sent(x.Sent, x.Failure)
		return f
	}
	if x.Found != nil {
		f.Found = make([]Found, 0, min(len(x.Found), maxFound))
		for _, p := range x.Found[:min(len(x.Found), maxFound)] {
			f.Found = append(f.Found, Found{p.State, plainAmount(p.Amount)})
		}
	}
	f.RetryAfterS = retryAfter(x.Headers)
	readBody(&f, x)
	if outcome := applicationOutcome(f); outcome != "" {
		// One outcome, one set of facts: whether Flexiti said it with a code or
		// with a 200 must not tell one decline from another.
		f.Result, f.Status, f.Fields, f.Found, f.RetryAfterS = outcome, 409, nil, nil, 0
		f.Code = map[Result]string{ResultDeclined: codeDeclined, ResultPending: codePending}[outcome]
	}
	return f
}

// maxFound is how many payments of a read-back are kept: two are already too many.
const maxFound = 4

func sent(s Sent, f Failure) Sent {
	switch {
	case s != "":
		return s
	case f == FailureRefused || f == FailureDNS:
		return SentNo
	}
	return SentUnknown
}

// readBody takes from the reply its code, its fields and the few facts that a
// good answer has.
func readBody(f *Facts, x Exchange) {
	var d document
	v, err := d.parse(strings.TrimPrefix(x.Body, "\ufeff"))
	readable := err == nil && !x.BodyCut && (v.kind() == jsonObject || v.kind() == jsonArray)
	if readable && v.kind() == jsonObject {
		f.Code = bodyCode(v)
		f.Fields = bodyFields(v)
	}
	if f.Status < 200 || f.Status > 299 || f.Code != "" {
		return
	}
	if x.Found != nil || x.Result != "" {
		return // the POS has read the body for us
	}
	switch kind := about(f.Operation).kind; {
	case kind == kindSetup || kind == kindChange:
	case !readable:
		f.Code = codeUnreadable
	case f.Operation == OpVerify:
		if f.Format == "" {
			f.Format = sentinelFormat(v)
		}
	case f.Operation == OpSearch && v.kind() == jsonArray && v.first().kind() == jsonMissing:
		f.Code = "not_found"
	case (f.Operation == OpSearch || f.Operation == OpLookup) && cannotBuy(v):
		f.Code = "user_not_able_to_purchase"
	}
}

// bodyCode finds the code in a reply's body: `error` in all of Flexiti's
// examples (page 10190869), `code` beside it in OAuth servers' replies.
func bodyCode(v value) string {
	e := v.get("error")
	if !e.present() {
		if e = v.get("code"); e.kind() != jsonString {
			return ""
		}
	}
	s, ok := e.str()
	if !ok {
		return codeUnreadable
	}
	return knownCode(s)
}

// maxFields is how many fields of a reply are kept.
const maxFields = 16

// bodyFields reads `field_errors`, which the prose of page 22020136 calls `error_fields`.
func bodyFields(v value) []Field {
	list := v.get("field_errors")
	if list.kind() != jsonArray {
		list = v.get("error_fields")
	}
	if list.kind() != jsonArray {
		return nil
	}
	var fields []Field
	for e := list.first(); e.kind() != jsonMissing && len(fields) < maxFields; e = e.next() {
		if e.kind() != jsonObject {
			continue
		}
		param, _ := e.get("param").str()
		msg, _ := e.get("msg").str()
		kind, _ := e.get("type").str()
		fields = append(fields, Field{knownParam(param), problemOf(kind, msg)})
	}
	return fields
}

// sentinelFormat tells from a verify reply where a code went: a text reply is
// "verification_sent_to_sms" or "…_email" (page 1851588883), a number is the code itself.
func sentinelFormat(v value) Method {
	s, _ := v.get("verification_code").str()
	switch {
	case strings.HasSuffix(s, "sent_to_sms"):
		return MethodSMS
	case strings.HasSuffix(s, "sent_to_email"):
		return MethodEmail
	}
	return ""
}

// cannotBuy says whether every account in the reply is one that cannot buy:
// only status N with reason NNOR can (pages 209780774, 9371728). The status and
// the reason themselves go no further.
func cannotBuy(v value) bool {
	if v.kind() == jsonObject {
		return accountCannotBuy(v)
	}
	for e := v.first(); e.kind() != jsonMissing; e = e.next() {
		if !accountCannotBuy(e) {
			return false
		}
	}
	return true
}

func accountCannotBuy(account value) bool {
	status, okStatus := account.get("account_status").str()
	reason, okReason := account.get("account_status_reason_code").str()
	return okStatus && status != "N" || okReason && reason != "NNOR"
}

// applicationOutcome gives what became of an application that is not approved.
// Every code that begins like one of the two groups belongs to it, for Flexiti
// adds codes without notice.
func applicationOutcome(f Facts) Result {
	success := f.Status >= 200 && f.Status <= 299
	switch {
	case f.Operation == OpApply && success && f.Result == ResultDeclined, f.Code == codeDeclined:
		return ResultDeclined
	case f.Operation == OpApply && success && f.Result == ResultPending, f.Code == codePending:
		return ResultPending
	}
	return ""
}

func knownFormat(s string) Method {
	switch m := Method(strings.ToLower(s)); m {
	case MethodSMS, MethodEmail, MethodSecurityQuestion, MethodPIW, MethodOverride, MethodBypass:
		return m
	case "security_answer": // the widget's name for it, page 2405236773
		return MethodSecurityQuestion
	}
	return ""
}

// knownTransactionType keeps the documented values (pages 9601087 and 10092715).
func knownTransactionType(s string) string {
	switch s {
	case "deposit", "instore_payment", "tradein", "promotional_purchase", "regular_purchase":
		return s
	}
	return ""
}

// plainAmount keeps a decimal number of dollars below ten million, with at most
// two decimals, and nothing else. Flexiti's own field is longer (page 9601087:
// number(18,2)), and so long that a card number fits it, which must not be kept.
func plainAmount(s string) string {
	whole, cents, dot := strings.Cut(s, ".")
	if whole == "" || len(whole) > 7 || len(cents) > 2 || dot && cents == "" {
		return ""
	}
	if strings.Trim(whole+cents, "0123456789") != "" {
		return ""
	}
	return s
}

// sameAmount compares two plain amounts: "10" and "10.00" are one.
func sameAmount(a, b string) bool {
	return normalAmount(a) == normalAmount(b)
}

func normalAmount(s string) string {
	whole, cents, _ := strings.Cut(s, ".")
	return strings.TrimLeft(whole, "0") + "." + (cents + "00")[:2]
}

// maxRetryAfterS bounds what a Retry-After header can ask for: one day.
const maxRetryAfterS = 24 * 60 * 60

// retryAfter reads the Retry-After header, which holds seconds or a date; a
// date counts from the reply's own Date header.
func retryAfter(headers map[string]string) int {
	var after, date string
	for name, value := range headers {
		switch {
		case strings.EqualFold(name, "retry-after"):
			after = strings.TrimSpace(value)
		case strings.EqualFold(name, "date"):
			date = strings.TrimSpace(value)
		}
	}
	seconds, err := strconv.Atoi(after)
	if err != nil {
		until, ok1 := httpDate(after)
		from, ok2 := httpDate(date)
		if !ok1 || !ok2 {
			return 0
		}
		seconds = int(until - from)
	}
	return max(0, min(seconds, maxRetryAfterS))
}
