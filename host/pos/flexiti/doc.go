// Package flexiti is the client of Flexiti's POS API that the example POS has
// (host/pos), and that a POS of your own has already: which calls there are, what
// stands in their requests, and where a good reply has its numbers.
//
// It judges no reply. What came is written down as it came, or why nothing did,
// for tillwise to decide on; nothing is ever sent twice.
//
// Endpoints and members: pages 9404505, 9371728, 1851588883, 2290450538, 9601087,
// 2962194444, 2603516233 and 2612625439. What no page shows is said where it
// stands, and is to be settled with Flexiti.
package flexiti
