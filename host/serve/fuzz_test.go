package serve_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/plugin"
)

// FuzzOneParser holds the service to what the module understands of the same
// bytes: whose sale it is, what the event is about, and whether it is good. And
// what the reply says, the screen, the POS and the next till hear too.
func FuzzOneParser(f *testing.F) {
	for _, seed := range []string{
		lost, lostPayment, "\uFEFF" + lost, "\xff\xfe{\x00}\x00",
		strings.Replace(lost, `"v":1`, `"v":1,"Decision":{},"decisioN":{},"ACTION":"hold_sale"`, 1),
		strings.Replace(lost, `"v":1`, `"v":1,"SALE_ID":"S-2","Sale_Id":"S-3"`, 1),
		strings.Replace(lost, `"sale_id":"S-1"`, `"sale_id":"S-0","sale_id":"S-1"`, 1),
		strings.Replace(lost, `"sale_id":"S-1"`, `"sale_id":"S-1","sale_id":null`, 1),
		strings.Replace(lost, `"sale_id"`, `"sale\u005fid"`, 1),
		strings.Replace(lost, `"exchange"`, `"exchange":{"operation":"lookup","status":404},"exchange"`, 1),
		strings.Replace(lost, `"operation"`, `"Operation":"lookup","operation"`, 1),
		strings.Replace(lost, `"timeout"`, `"\ud800"`, 1), strings.Replace(lost, `"timeout"`, "\"\xff\"", 1),
		strings.Replace(lost, `"at":1795530727000`, `"at":1e999`, 1), strings.Replace(lost, `"at":1795530727000`, `"at":-0.0`, 1),
		strings.Replace(lost, `"v":1`, `"v":1,"x":`+strings.Repeat("[", 40)+strings.Repeat("]", 40), 1),
		strings.Replace(lost, `"sale_id":"S-1"`, `"sale":{}`, 1), strings.Replace(lost, `"sale_id":"S-1"`, `"sale":{"v":2,"check":"0"}`, 1),
		event("verify", 409, wrongAnswer, `"sale_id":"S-1","event_id":"e1"`), event("authorization", 200, "", `"sale_id":"S-1"`),
		`{"v":1,"sale_id":"S-1","action":"hold_sale"}`, `{"v":1,"sale":{},"action":"settle_taken","pin":"1"}`, `{"v":1,"sale_id":"S-1","decision":{},"ref":"2222"}`,
		`{"v":1,"sale_id":"S-1","facts":{"operation":"authorization","status":0,"failure":"timeout"}}`, lost + lost, lost + " x", `{"sale_id":{}}`, `{"sale_id":"0","sale_id":0`,
		`{"v":1,"sale_id":"S-1","decision":{"family":"wait","actions":[{"id":"hold_sale"}]}}`, `null`, `[]`, ``,
	} {
		f.Add([]byte(seed))
	}
	for cut := range len(lost) {
		f.Add([]byte(lost[:cut]))
	}
	f.Fuzz(func(t *testing.T, event []byte) {
		if len(event) > 64<<10 { // beyond that bodies are cut: what then comes to the module is not this
			return
		}
		dir, records := t.TempDir(), &paper{}
		s := newTill(t, serve.Config{State: dir, Journal: records})
		clean := bytes.ToValidUTF8(bytes.TrimPrefix(event, []byte("\uFEFF")), []byte("\uFFFD"))
		understood := new(plugin.Module).Read(bytes.Clone(clean))

		got := s.Take(t.Context(), event)
		var answer reply
		require.NoError(t, json.Unmarshal(got.Body, &answer), "%s", got.Body)
		require.True(t, got.Kept)
		if id, ok := lastSaleID(clean); ok {
			require.Equal(t, id, got.SaleID)
		} else {
			require.Regexp(t, `^own-`, got.SaleID)
		}
		if understood.Mistake != nil {
			require.Equal(t, http.StatusBadRequest, got.Status)
		}
		if answer.Error != nil && answer.Error.Kind != plugin.ActionNotOffered && !ownMistake.MatchString(answer.Error.Detail) { // of two mistakes the service's own is told
			require.NotNil(t, understood.Mistake, "nothing else is refused by the service: %s", got.Body)
			require.Equal(t, understood.Mistake.Kind, answer.Error.Kind)
		}
		switch {
		case understood.Subject == plugin.SubjectDecision:
			require.Zero(t, s.count(), "rendering again changes nothing")
		case answer.Error != nil && answer.Error.Kind == plugin.ActionNotOffered:
			require.LessOrEqual(t, s.count(), 1)
		default:
			require.Equal(t, 1, s.count(), "there is a card")
			require.Equal(t, got.SaleID, s.shown().SaleID)
		}
		if answer.Error == nil && understood.Subject != plugin.SubjectDecision {
			require.Equal(t, answer.Decision, s.shown().Decision)
			requireRecord(t, records, got.SaleID, understood.Operation, understood.Subject)
		}
		if s.count() == 0 {
			return
		}
		path := "/v1/sales/" + s.shown().SaleID
		said := s.do(request(http.MethodGet, path, "")).Body.String()
		if s.shown().Decision.Doubt {
			require.Contains(t, said, `"money":"unknown"`)
		}
		require.Contains(t, said, `"ref":"`+s.shown().Prompt.Ref+`"`)
		require.Equal(t, said, restarted(t, s, dir).do(request(http.MethodGet, path, "")).Body.String(), "the next till knows it too")
	})
}

func requireRecord(t *testing.T, records *paper, sale string, operation plugin.Operation, subject plugin.Subject) {
	require.Len(t, records.entries, 1)
	require.Equal(t, sale, records.entries[0].SaleID)
	var record struct {
		Facts struct{ Operation plugin.Operation }
	}
	require.NoError(t, json.Unmarshal(records.entries[0].Record, &record))
	if subject == plugin.SubjectExchange {
		require.Equal(t, operation, record.Facts.Operation)
	}
}

var ownMistake = regexp.MustCompile(`^(sale_id|event_id|pin|settled_by|sale) must be `)

var saleName = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// lastSaleID reads a sale's name in a way of its own: token by token, as far as
// the event goes.
func lastSaleID(event []byte) (id string, ok bool) {
	d := json.NewDecoder(bytes.NewReader(event))
	d.UseNumber()
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return "", false
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			break
		}
		var value any
		if d.Decode(&value) != nil {
			break
		}
		if name == "sale_id" {
			id, ok = value.(string)
			ok = ok && saleName.MatchString(id)
		}
	}
	return id, ok
}

// Whatever is left of a lost payment leaves the doubt: with its sale, where that can still be read.
func TestTruncatedEventLeavesTheDoubt(t *testing.T) {
	for cut := range len(lost) {
		s := newTill(t, serve.Config{})
		got := s.post(t, lost[:cut])
		require.Equal(t, http.StatusBadRequest, got.status)
		require.Equal(t, plugin.CardTillTrouble, s.shown().Decision.Card)
		require.Equal(t, strings.Contains(lost[:cut], `"S-1"`), got.name == "S-1", lost[:cut])
		require.Contains(t, s.do(request(http.MethodGet, "/v1/sales/"+got.name, "")).Body.String(), `"money":"unknown"`)
	}
}
