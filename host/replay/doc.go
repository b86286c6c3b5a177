// Package replay decides recorded answers again, and says which of them a
// module would now give otherwise.
//
// Each record of a journal holds all that its decision depended on: facts, the
// sale before, the policy. Run hands these to the new module, and to an old one
// where there is one to compare with, and compares three things: what was
// recorded, what the old module says, what the new one says. First the
// decisions, byte for byte; where they agree the words, by the checksum that
// the record keeps of the prompt. Words depend on nothing but the decision, the
// locales and the till's time zone, so each prompt is rendered once and its
// checksum remembered.
//
// What changed comes in groups: one for each rule and each way in which its
// decision changed, the gravest first. Nothing is lost on the way: the lines
// read are those replayed, those that could not be and why, and those that were
// damaged. A record that the new module refuses or fails on is a change too.
//
// A Report holds sums, minima and sets only. That is why the reports of shards
// merge into the report of the whole, byte for byte, in any order.
package replay
