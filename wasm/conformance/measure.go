package conformance

import (
	"fmt"
	"slices"
	"time"
)

// measured is how many cards in a row are timed, and how many processes are started.
const (
	measured = 400
	started  = 5
)

// measure takes the time of a card, and from a start to the first card.
func (r *run) measure() error {
	var starts []time.Duration
	for range started {
		d, err := r.kit.Start()
		if err != nil {
			return err
		}
		starts = append(starts, d)
	}
	slices.Sort(starts)
	r.report.StartMS = float64(starts[started/2].Microseconds()) / 1000
	c, err := r.kit.warm()
	if err != nil {
		return err
	}
	defer func() { _ = c.end(errGone) }()
	begin := time.Now()
	if err := c.cards(measured); err != nil {
		return err
	}
	r.report.CardUS = float64(time.Since(begin).Microseconds()) / measured
	r.report.Sequence = measured
	return nil
}

// warm starts the host, and has it answer until it is as fast as it gets.
func (k Kit) warm() (*child, error) {
	c, err := startChild(k.Command, k.Dir, k.Errors, k.Limit)
	if err != nil {
		return nil, err
	}
	if _, err := c.ask([]byte(`{"do":"open"}`)); err != nil {
		return nil, fmt.Errorf("measuring: %w", err)
	}
	if err := c.cards(measured); err != nil {
		return nil, c.end(err)
	}
	return c, nil
}

// cards has the host answer one event n times, on one lane: lines are sent as fast
// as it takes them.
func (c *child) cards(n int) error {
	line, err := marshal(answering{Do: "answer", Event: rawJSON(plain)})
	if err != nil {
		return err
	}
	if _, err := c.ask(slices.Repeat([][]byte{line}, n)...); err != nil {
		return fmt.Errorf("measuring: %w", err)
	}
	return nil
}

// Start starts the host once, and gives the time until its first card is there.
func (k Kit) Start() (time.Duration, error) {
	line, err := marshal(answering{Do: "answer", Event: rawJSON(plain)})
	if err != nil {
		return 0, err
	}
	begin := time.Now()
	c, err := startChild(k.Command, k.Dir, k.Errors, k.Limit)
	if err != nil {
		return 0, err
	}
	defer func() { _ = c.end(errGone) }()
	replies, err := c.ask([]byte(`{"do":"open"}`), line)
	took := time.Since(begin)
	if err == nil {
		_, err = replies[1].text()
	}
	return took, err
}
