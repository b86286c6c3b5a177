package replay

import "bytes"

// recorded is a module's record cut into its members, as they were written.
type recorded struct {
	v, ref, facts, locale, customer, before, policy, decision, shown []byte
}

// cut takes a record apart without parsing what is inside its members. It
// gives the reason why the record cannot be replayed, or nothing.
func (r *recorded) cut(record []byte) (reason string) {
	*r = recorded{}
	ok := eachMember(record, func(name, value []byte) {
		switch string(name) {
		case "v":
			r.v = value
		case "ref":
			r.ref = value
		case "facts":
			r.facts = value
		case "locale":
			r.locale = value
		case "customer_locale":
			r.customer = value
		case "before":
			r.before = value
		case "policy":
			r.policy = value
		case "decision":
			r.decision = value
		case "shown":
			r.shown = value
		}
	})
	switch {
	case !ok:
		return "record_not_json"
	case string(r.v) != "1":
		return "record_version"
	case len(r.facts) == 0 || len(r.before) == 0 || len(r.policy) == 0 || len(r.decision) == 0 || len(r.locale) == 0 || len(r.shown) == 0:
		return "record_incomplete"
	}
	return ""
}

// eachMember calls f with the name and the value of each member of a JSON
// object, in order. It is false for what is no object; what is inside the
// values is only followed as far as finding their ends needs.
func eachMember(object []byte, f func(name, value []byte)) bool {
	at := skipSpace(object, 0)
	if at >= len(object) || object[at] != '{' {
		return false
	}
	at = skipSpace(object, at+1)
	if at < len(object) && object[at] == '}' {
		return true
	}
	for {
		end := valueEnd(object, at)
		if end < 0 || object[at] != '"' {
			return false
		}
		name := object[at+1 : end-1]
		at = skipSpace(object, end)
		if at >= len(object) || object[at] != ':' {
			return false
		}
		at = skipSpace(object, at+1)
		if end = valueEnd(object, at); end < 0 {
			return false
		}
		f(name, object[at:end])
		at = skipSpace(object, end)
		switch {
		case at >= len(object):
			return false
		case object[at] == '}':
			return true
		case object[at] != ',':
			return false
		}
		at = skipSpace(object, at+1)
	}
}

func skipSpace(b []byte, at int) int {
	for at < len(b) && (b[at] == ' ' || b[at] == '\t' || b[at] == '\n' || b[at] == '\r') {
		at++
	}
	return at
}

// valueEnd gives the index behind the value that begins at at, or -1.
func valueEnd(b []byte, at int) int {
	if at >= len(b) {
		return -1
	}
	switch b[at] {
	case '"':
		return stringEnd(b, at)
	case '{', '[':
		depth := 0
		for at < len(b) {
			switch b[at] {
			case '"':
				if at = stringEnd(b, at); at < 0 {
					return -1
				}
				continue
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return at + 1
				}
			}
			at++
		}
		return -1
	default:
		from := at
		for at < len(b) && b[at] != ',' && b[at] != '}' && b[at] != ']' && b[at] > ' ' {
			at++
		}
		if at == from {
			return -1
		}
		return at
	}
}

func stringEnd(b []byte, at int) int {
	for at++; at < len(b); at++ {
		quote := bytes.IndexByte(b[at:], '"')
		if quote < 0 {
			return -1
		}
		at += quote
		slashes := 0
		for b[at-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return at + 1
		}
	}
	return -1
}

// member gives one member of an object, nil when there is none.
func member(object []byte, name string) []byte {
	var found []byte
	eachMember(object, func(n, value []byte) {
		if string(n) == name {
			found = value
		}
	})
	return found
}

// unquote takes the quotes off a string that has no escapes, which the
// vocabularies of the contract never have.
func unquote(value []byte) []byte {
	if n := len(value); n >= 2 && value[0] == '"' {
		return value[1 : n-1]
	}
	return nil
}

// quick finds a string member by its text, wherever it stands: for members
// whose names occur once in a decision.
func quick(object []byte, quotedName string) []byte {
	at := bytes.LastIndex(object, []byte(quotedName))
	if at < 0 {
		return nil
	}
	rest := object[at+len(quotedName):]
	end := bytes.IndexByte(rest, '"')
	if end < 0 {
		return nil
	}
	return rest[:end]
}

// ruleOf and familyOf read the two members that every record is counted by.
func ruleOf(decision []byte) []byte   { return quick(decision, `"rule":"`) }
func familyOf(decision []byte) []byte { return quick(decision, `"family":"`) }
