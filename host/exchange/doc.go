// Package exchange reads what passes between a POS and Flexiti: which requests
// are calls of the POS API, what of a request a decision may depend on, whose
// sale it is, and why a reply did not come. The importer reads recordings with
// it, the tap what is on the wire.
//
// It reads by whitelist: what it does not name goes no further than the function
// that met it, for a request holds card numbers, answers and passwords.
//
// # Whose sale
//
// A reference names one flow, wherever it comes by: the header x-reference-id of
// the request (Flexiti asks for it, "unique per flow": page 9404505), else of the
// reply, else request_id in the body. A call that has none of these is a sale of
// its own. What stands beside it, on the same connection or in the same minute,
// may be another customer's, and in one sale one customer's payment would settle
// the doubt about another's.
package exchange
