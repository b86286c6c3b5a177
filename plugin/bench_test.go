package plugin

import (
	"bytes"
	"testing"
)

// The cost of one call natively, in time and memory: what the module adds to
// it is measured beside the module.

func BenchmarkAnswer(b *testing.B) {
	refused := []byte(`{"v":1,"at":1795530727000,"utc_offset_min":-300,"locale":"fr-CA","customer_locale":"en-CA","exchange":{"method":"POST",` +
		`"url":"/flexiti/pos-api/v2.5/client-id/acme/account/828930/verify","request":{"format":"security_question"},"status":409,` +
		`"headers":{"content-type":"application/json"},"body":"{\"url\":\"/x\",\"message\":\"x\",\"error\":\"secret_answer_mismatch\"}"},"sale":`)
	var m Module
	_, doubt := decide(Exchange{Operation: OpAuthorization, Failure: FailureTimeout}, Sale{}, Policy{})
	for name, in := range map[string][]byte{
		"refusal":  append(bytes.Clone(refused), `{}}`...),
		"in doubt": append(append(bytes.Clone(refused), marshal(b, doubt)...), '}'),
		"action":   []byte(`{"v":1,"action":"check_status","sale":` + string(marshal(b, doubt)) + `}`),
		"html":     []byte(`{"v":1,"exchange":{"operation":"lookup","status":502,"body":"` + string(bytes.Repeat([]byte("<p>x</p>"), 4000)) + `"}}`),
		"bad":      []byte(`{"v":1,"exchange":{"operation":"lookup"`),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(in)))
			for b.Loop() {
				m.Answer(in)
			}
		})
	}
}

func BenchmarkDecide(b *testing.B) {
	f := Facts{At: noon, Operation: OpVerify, Status: 409, Code: "secret_answer_mismatch", Format: MethodSecurityQuestion}
	b.Run("function", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Decide(f, Sale{}, Policy{})
		}
	})
	b.Run("json", func(b *testing.B) {
		in := marshal(b, map[string]any{"v": 1, "facts": f, "sale": Sale{}, "policy": Policy{}})
		var m Module
		b.ReportAllocs()
		b.SetBytes(int64(len(in)))
		for b.Loop() {
			m.Decide(in)
		}
	})
}

func BenchmarkRecognise(b *testing.B) {
	x := Exchange{Method: "POST", URL: "/flexiti/pos-api/v2.5/client-id/acme/account/1/verify", Status: 409, Body: `{"error":"secret_answer_mismatch"}`}
	b.ReportAllocs()
	for b.Loop() {
		Recognise(x)
	}
}
