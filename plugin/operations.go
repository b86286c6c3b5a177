package plugin

import "strings"

// opKind sorts operations by what a lost or unclear reply to them means.
type opKind string

const (
	kindSetup    opKind = "setup"    // no customer and no money in it
	kindRead     opKind = "read"     // only reads: may be repeated
	kindVerify   opKind = "verify"   // may use up a try, or send a code
	kindApply    opKind = "apply"    // a second one can do harm
	kindChange   opKind = "change"   // changes something, moves no money
	kindPayment  opKind = "payment"  // moves money
	kindReadBack opKind = "readback" // a read that can settle a doubt
)

// operation is what the rules know of one call.
type operation struct {
	name     Operation
	kind     opKind
	money    MoneyKind
	noMoney  bool      // no customer's money is in sight: money is "none"
	readBack Operation // the documented read that shows what became of it, if any
}

// operations, in the order of the contract. Read-backs: pages 9601087 and
// 699432980. A return and a refund have none that is documented to show them,
// and a transaction none at all: page 9601087 offers its idempotency key instead.
var operations = []operation{
	{name: OpToken, kind: kindSetup, money: KindPurchase, noMoney: true},
	{name: OpI18n, kind: kindSetup, money: KindPurchase, noMoney: true},
	{name: OpTerms, kind: kindSetup, money: KindPurchase, noMoney: true},
	{name: OpDriversLicense, kind: kindRead, money: KindPurchase, noMoney: true},
	{name: OpSearch, kind: kindRead, money: KindPurchase},
	{name: OpLookup, kind: kindRead, money: KindPurchase},
	{name: OpVerify, kind: kindVerify, money: KindPurchase},
	{name: OpCalculateInterest, kind: kindRead, money: KindPurchase},
	{name: OpClose, kind: kindChange, money: KindPurchase},
	{name: OpApply, kind: kindApply, money: KindPurchase},
	{name: OpTransactions, kind: kindPayment, money: KindPayment},
	{name: OpAuthorization, kind: kindPayment, money: KindPurchase, readBack: OpAuthorizations},
	{name: OpRelease, kind: kindPayment, money: KindPurchase, readBack: OpAuthorizationGet},
	{name: OpCapture, kind: kindPayment, money: KindPurchase, readBack: OpCaptures},
	{name: OpReturn, kind: kindPayment, money: KindRefund},
	{name: OpRefund, kind: kindPayment, money: KindRefund},
	{name: OpAuthorizations, kind: kindReadBack, money: KindPurchase},
	{name: OpAuthorizationGet, kind: kindReadBack, money: KindPurchase},
	{name: OpCaptures, kind: kindReadBack, money: KindPurchase},
	{name: OpWidgetInit, kind: kindChange, money: KindPurchase},
	{name: OpMerchantsLogin, kind: kindSetup, money: KindPurchase, noMoney: true},
	{name: OpUnknown, kind: kindPayment, money: KindPurchase},
	{name: OpUnknownRead, kind: kindRead, money: KindPurchase},
}

// about gives what is known of an operation; a name that is none is OpUnknown's.
func about(name Operation) *operation {
	unknown := 0
	for i := range operations {
		switch operations[i].name {
		case name:
			return &operations[i]
		case OpUnknown:
			unknown = i
		}
	}
	return &operations[unknown]
}

// MovesMoney says whether a call of this operation can take a customer's money
// or give it back. What is not known counts as such.
func MovesMoney(name Operation) bool { return about(name).kind == kindPayment }

// OperationOf recognises the operation by method and URL, with or without
// host, version, query and trailing slash (URL shapes: pages 42500680 and
// 9404505, and the slips that real documentation has: page 574587210 sends a
// purchase to /authorizations, 9404505 lacks a slash before widget/init).
// An empty method is taken as the documented one.
func OperationOf(method, url string) Operation {
	path, n := pathEnd(url)
	get := strings.ToLower(method) == "get"
	last, before := path[0], path[1]
	var op Operation
	switch {
	case n == 0:
		op = OpUnknown
	case last == "token" && before == "oauth":
		op = OpToken
	case last == "login" && before == "merchants":
		op = OpMerchantsLogin
	case last == "i18n":
		op = OpI18n
	case last == "terms-and-conditions":
		op = OpTerms
	case last == "driverslicense":
		op = OpDriversLicense
	case last == "search" && before == "customers":
		op = OpSearch
	case last == "lookup" && before == "customers":
		op = OpLookup
	case last == "init" && strings.HasSuffix(before, "widget"):
		op = OpWidgetInit
	case last == "apply":
		op = OpApply
	case last == "authorizations":
		op = OpAuthorizations
		if method != "" && !get {
			op = OpAuthorization
		}
	case last == "captures":
		op = OpCaptures
	case last == "transactions":
		op = OpTransactions
	case last == "authorization":
		op = OpAuthorization
	case before == "authorization" && (get || method == ""):
		op = OpAuthorizationGet
	case path[2] == "authorization" && last == "release":
		op = OpRelease
	case path[2] == "authorization" && last == "capture":
		op = OpCapture
	case path[2] == "capture" && last == "return":
		op = OpReturn
	case last == "verify" && isAccount(path[2]):
		op = OpVerify
	case last == "calculate-interest" && isAccount(path[2]):
		op = OpCalculateInterest
	case last == "close" && isAccount(path[2]):
		op = OpClose
	case last == "refund" && isAccount(path[2]):
		op = OpRefund
	default:
		op = OpUnknown
	}
	if get && about(op).kind == kindPayment {
		return OpUnknownRead
	}
	return op
}

func isAccount(segment string) bool {
	return segment == "account" || segment == "accounts" || segment == "customers"
}

// pathEnd gives the last three segments of a URL's path, the last one first,
// in lower case, and how many there are.
func pathEnd(url string) (end [3]string, n int) {
	if i := strings.IndexAny(url, "?#"); i >= 0 {
		url = url[:i]
	}
	if i := strings.Index(url, "://"); i >= 0 {
		_, path, _ := strings.Cut(url[i+3:], "/")
		url = path
	}
	stop := len(url)
	for i := len(url) - 1; i >= -1 && n < len(end); i-- {
		if i >= 0 && url[i] != '/' {
			continue
		}
		if i+1 < stop {
			end[n] = strings.ToLower(url[i+1 : stop])
			n++
		}
		stop = i
	}
	return end, n
}
