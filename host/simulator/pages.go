package simulator

import (
	"net/http"
	"strings"
)

// page answers what is the simulator's own, under /simulator/.
func (s *Simulator) page(r *request) (reply, bool) {
	path, ok := strings.CutPrefix(r.url.Path, "/simulator")
	switch {
	case r.url.Path == "/":
		path = ""
	case !ok || path != "" && path[0] != '/':
		return reply{}, false
	}
	if r.method != http.MethodGet {
		return reply{http.StatusMethodNotAllowed, "text/plain; charset=utf-8", []byte("Only GET: the simulator's own pages show, and change nothing.\n")}, true
	}
	switch path {
	case "", "/":
		return reply{http.StatusOK, "text/plain; charset=utf-8", []byte(Notice + "\n\n" + guide)}, true
	case "/ledger":
		l := s.Ledger()
		if of := r.url.Query().Get("of"); of != "" {
			l = l.Of(of)
		}
		return good(l), true
	case "/accounts":
		return good(object{"notice": Notice, "client_secret": Secret, "external_location_id": Location, "merchants": Merchants(), "accounts": Accounts()}), true
	case "/sent":
		number := r.url.Query().Get("account")
		return good(object{"notice": Notice, "account_number": number, "verification_code": s.Sent(number)}), true
	}
	return reply{http.StatusNotFound, "text/plain; charset=utf-8", []byte("There is no such page.\n\n" + guide)}, true
}

const guide = `The simulator's own pages:
  /simulator/ledger?of=REFERENCE   what really happened to every dollar; without of, all of it
  /simulator/accounts              the people and the stores, and what each is for
  /simulator/sent?account=NUMBER   the last verification code of a customer
Flexiti's POS API is below /flexiti/pos-api/v2.5.1/client-id/{client_id}/, its token at /flexiti/pos-api/v2.5/oauth/token.
Headers make a call go wrong: ` + AnswerHeader + `: authorization/409/credit_exceeded, ` + FaultHeader + `: reset after.
`

// Greeting is what is said when a simulator begins to answer at an address.
func Greeting(address string) string {
	return "SIMULATOR. " + Notice + "\nAt http://" + address + base + "; what it knows is at http://" + address +
		"/simulator. Ctrl+C ends it, and forgets all.\n"
}
