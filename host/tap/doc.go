// Package tap stands on the wire between a POS that nobody changes and Flexiti,
// and tells the till what passes. README.md, beside this file, says how to put it
// in, and what it can and cannot know.
//
// # Two halves
//
//	POS ⇄ line ⇄ Flexiti        the relay: bytes as they come, ends as they come
//	        ↓ a copy
//	      wire → talk → poster → till
//
// The relay never looks at what it carries. What it reads from one side it hands
// to the wire (a queue that takes it or drops it, and never waits) and then writes
// to the other side: a request is known to be leaving before it has left. It
// retries nothing, delays nothing, decides nothing. Ends pass as well: a closed
// half is closed on the other side, a reset is one there. What a POS sends while the
// upstream is still being dialled is held, and never sent if the POS has given up by then.
//
// One goroutine reads the copies of all lines, in the order in which they passed,
// so that a sale whose calls take different connections is told in order. What
// fails there (a panic, a stream that is no HTTP, a copy that had to be dropped)
// costs that line its events, and is counted and said; a call that moves money and
// can no longer be followed becomes an event of doubt. A poster hands the events
// to the till, each sale's in order, and may be as slow as the till is.
//
// # Why not a proxy
//
// httputil.ReverseProxy, and every other HTTP proxy, reads a request and writes one
// of its own: other header case and order, other chunks, no interim answers, its
// own connections and retries. Then what a POS and Flexiti do with each other would
// depend on us.
//
// # What is kept of it
//
// Nothing. Heads are read by a whitelist (head.go), bodies of requests by another
// (host/exchange), in the function that reads them. The body of a reply goes to the
// module, whose facts are a whitelist again. Errors and logs name connections by
// number.
package tap
