// Package glance makes and scores a test of whether cashiers understand the
// cards at a glance: screens to look at for a few seconds each, questions about
// them, and what the answers were worth.
//
// Make writes a kit and Score reads the filled sheet of one. Cards, questions and
// right answers come from a Plan alone, so that a sheet needs nothing but itself
// to be scored: each row names the plan. Which answers are right follows from the
// decisions (keyOf), never from the words, since the words are what is tested.
//
// Nothing of a reader but a number is asked for or kept.
package glance
