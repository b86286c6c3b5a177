package plugin

import (
	"hash/crc32"
	"math"
	"slices"
	"strings"
	"unsafe"

	"github.com/tillwise/tillwise/plugin/internal/json"
)

// A sale ends with the member check: eight hex digits of CRC-32C over its text
// without that member, so that it is written in one go.
const (
	checkName   = `,"check":"`
	checkLength = len(checkName) + len(`01234567"}`)
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksum is CRC-32C in eight hex digits.
func checksum(b []byte) string { return hex(crc32.Checksum(b, castagnoli)) }

func hex(sum uint32) string {
	out := make([]byte, 8)
	for i := range out {
		out[i] = "0123456789abcdef"[sum>>(28-4*i)&15]
	}
	return string(out)
}

// MarshalJSON and UnmarshalJSON write and read the sale as the module does.
// Reading does not fail: a sale that is not ours to the last member is not
// obeyed, its replacement is in doubt.
func (s Sale) MarshalJSON() ([]byte, error) {
	c := codec{mode: writing}
	c.sale("", &s)
	return c.w.Out, nil
}

func (s *Sale) UnmarshalJSON(text []byte) error {
	*s = saleOf(string(text))
	return nil
}

// saleOf reads a sale; an empty text is one that has just begun.
func saleOf(text string) (s Sale) {
	if text == "" {
		return s
	}
	v, err := json.Parse(text)
	if err != nil {
		return replacement()
	}
	c := codec{r: json.NewReader(v)}
	c.sale("", &s)
	return s
}

// sale is a member that is a sale.
func (c *codec) sale(name string, s *Sale) {
	if !c.at(name) {
		return
	}
	if c.begins(name) {
		c.readSale(s)
	} else if c.mode == writing {
		c.writeSale(s)
	}
}

func (c *codec) writeSale(s *Sale) {
	from := len(c.w.Out)
	c.saleMembers(s)
	if s.V == 0 && string(c.w.Out[from:]) == `{"v":2}` {
		c.w.Out = append(c.w.Out[:from], "{}"...)
		return
	}
	c.seal(from)
}

// seal puts the check at the end of the object that begins at from.
func (c *codec) seal(from int) {
	check := checksum(c.w.Out[from:])
	c.w.Out = append(append(append(c.w.Out[:len(c.w.Out)-1], checkName...), check...), `"}`...)
}

// sealed says whether a sale's text is as it was written.
func sealed(text string) bool {
	end := len(text) - checkLength
	if end < 0 || text[end:end+len(checkName)] != checkName {
		return false
	}
	sum := crc32.Checksum(unsafe.Slice(unsafe.StringData(text), end), castagnoli)
	return text[end+len(checkName):len(text)-2] == hex(crc32.Update(sum, castagnoli, closing))
}

var closing = []byte{'}'}

func (c *codec) readSale(s *Sale) {
	from, v, mistake := c.r.Pos(), c.r.Value(), c.err
	c.err, *s = nil, Sale{}
	version := int64(saleVersion)
	if !c.r.Ahead(`{"v":2,`) {
		version, _ = v.Get("v").Integer()
	}
	var old saleV1
	switch {
	case !v.Present() || v.Kind() == json.Object && v.First().Kind() == json.Missing:
		c.r.Skip()
		c.err = mistake
		return
	case version == 0 && v.Get("unanswered").Present():
		c.unanswered(s)
		c.err = mistake
		return
	case version == saleVersion:
		c.saleMembers(s)
	case version == 1:
		c.saleV1(&old)
		*s = old.migrated()
	default:
		c.r.Skip()
		*s = replacement()
		c.err = mistake
		return
	}
	ours := c.err == nil && sealed(c.r.Left(from))
	if c.err == nil && !ours { // reformatted, or a newer module's with further members
		again := codec{mode: writing}
		if version == 1 {
			again.saleV1(&old)
			again.seal(0)
		} else {
			again.writeSale(s)
		}
		check, _ := v.Get("check").Str()
		ours = strings.HasSuffix(string(again.w.Out), checkName+check+`"}`)
	}
	if !ours {
		*s = replacement()
	}
	c.err = mistake
}

func (c *codec) saleMembers(s *Sale) {
	version := saleVersion
	for o := c.object(); c.more(&o); {
		num(c, "v", &version, saleVersion, saleVersion)
		optList(c, "payments", &s.Payments, maxPayments, (*codec).payment)
		maybe(c, "rest", &s.Rest, (*codec).about)
		c.optFlag("dropped", &s.Dropped)
		c.optFlag("denied", &s.Denied)
		c.optFlag("suspect", &s.Suspect)
		c.optFlag("split", &s.Split)
		optWord(c, "closed", &s.Closed, actionIDs)
		optList(c, "wrong_answers", &s.Answers, maxAnswers, (*codec).time)
		optNum(c, "locked_until", &s.LockedUntil, Forever, maxInteger)
		optNum(c, "words", &s.Words, 0, maxCount)
		optNum(c, "codes", &s.Codes, 0, maxCount)
		optNum(c, "amounts", &s.Amounts, 0, maxCount)
		optList(c, "ruled_out", &s.RuledOut, len(methods), (*codec).method)
		optNum(c, "sign_ins", &s.SignIns, 0, maxCount)
		optNum(c, "repeats", &s.Repeats, 0, maxCount)
		optWord(c, "repeated", &s.Repeated, callable)
		maybe(c, "pending", &s.Pending, (*codec).next)
		optWord(c, "asked", &s.Asked, methods)
		maybe(c, "last", &s.Last, (*codec).last)
		c.optFlag("replaced", &s.Replaced)
	}
	if c.mode == reading {
		s.V = version
		c.once("ruled_out", s.RuledOut)
	}
}

func (c *codec) time(at *int64)     { num(c, "", at, 0, maxInteger) }
func (c *codec) hash(h *Hash)       { num(c, "", h, 0, math.MaxUint32) }
func (c *codec) method(m *Method)   { word(c, "", m, methods) }
func (c *codec) offer(id *ActionID) { word(c, "", id, actionIDs) }

func (c *codec) once(name string, list []Method) {
	for i, m := range list {
		if m == "" || slices.Contains(list[:i], m) {
			c.fail(name, "must name each method once")
		}
	}
}

func (c *codec) payment(p *Payment) {
	for o := c.object(); c.more(&o); {
		word(c, "op", &p.Operation, payable)
		c.optText("type", &p.Type)
		c.maybeFlag("auto", &p.AutoCapture)
		c.dollars("amount", &p.Amount)
		optNum(c, "since", &p.Since, 0, maxInteger)
		optNum(c, "call", &p.Call, 0, math.MaxUint32)
		optNum(c, "key", &p.Key, 0, math.MaxUint32)
		c.optFlag("has_key", &p.HasKey)
		optNum(c, "authorization", &p.Authorization, 0, math.MaxUint32)
		optNum(c, "capture", &p.Capture, 0, math.MaxUint32)
		word(c, "state", &p.State, states)
		optNum(c, "held", &p.Held, int64(SomeCents), maxInteger)
		optNum(c, "taken", &p.Taken, int64(SomeCents), maxInteger)
		optNum(c, "back", &p.Back, int64(SomeCents), maxInteger)
		c.optFlag("released", &p.Released)
		optList(c, "folded", &p.Folded, maxFolded, (*codec).hash)
		optNum(c, "checks", &p.Checks, 0, maxCount)
		optNum(c, "resends", &p.Resends, 0, maxCount)
		c.optFlag("resending", &p.Resending)
		c.optFlag("announced", &p.Announced)
		c.optFlag("split", &p.Split)
		optWord(c, "stated", &p.Stated, actionIDs)
	}
	if c.mode == reading && (p.State == "" || !MovesMoney(p.Operation) || knownTransactionType(p.Type) != p.Type) {
		c.fail("", "must be a payment")
	}
}

func (c *codec) last(l *Last) {
	for o := c.object(); c.more(&o); {
		c.card("card", &l.Card)
		optWord(c, "operation", &l.Operation, payable)
		optWord(c, "format", &l.Format, methods)
		c.optText("type", &l.Type)
		optWord(c, "owner", &l.Owner, owners[:])
		optList(c, "offered", &l.Offered, maxActions, (*codec).offer)
		c.optText("ref", &l.Ref)
	}
	if c.mode == reading && (knownTransactionType(l.Type) != l.Type || l.Ref != "" && !isRef(l.Ref)) {
		c.fail("", "must be what a card was about")
	}
}
