package conformance

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Host is what a host says of itself when it opens.
type Host struct {
	Name     string `json:"host"`
	Engine   string `json:"engine"`
	Deadline bool   `json:"deadline"` // can interrupt a call
	Memory   bool   `json:"memory"`   // can hold an instance to 256 pages
	Modules  bool   `json:"modules"`  // can open another module than its own
	Parallel bool   `json:"parallel"` // calls of lanes overlap
}

// UnmarshalJSON takes what is not said for what a host is expected to do.
func (h *Host) UnmarshalJSON(text []byte) error {
	type plain Host
	out := plain{Deadline: true, Memory: true, Modules: true, Parallel: true}
	if err := json.Unmarshal(text, &out); err != nil {
		return err
	}
	*h = Host(out)
	return nil
}

// Point is one thing that a host was asked.
type Point struct {
	Name       string `json:"name"`                  // group/name
	Fault      string `json:"fault,omitempty"`       // what did not hold
	NotOffered string `json:"not_offered,omitempty"` // why it was not asked
}

// Report is what a run has found.
type Report struct {
	Host
	Points []Point

	StartMS  float64 // from the start of a process to its first card, milliseconds: the median of five; 0: not measured
	CardUS   float64 // a card, microseconds: of many on one lane, their lines included
	Sequence int     // of how many
}

// Passed, Failed and NotOffered add a point.
func (r *Report) Passed(name string) { r.Points = append(r.Points, Point{Name: name}) }

// Failed adds a point that does not hold.
func (r *Report) Failed(name string, err error) {
	r.Points = append(r.Points, Point{Name: name, Fault: err.Error()})
}

// NotOffered adds a point that the host does not offer to hold.
func (r *Report) NotOffered(name, why string) {
	r.Points = append(r.Points, Point{Name: name, NotOffered: why})
}

// Count gives how many points hold, do not hold, and were not offered.
func (r *Report) Count() (passed, failed, notOffered int) {
	for _, p := range r.Points {
		switch {
		case p.Fault != "":
			failed++
		case p.NotOffered != "":
			notOffered++
		default:
			passed++
		}
	}
	return passed, failed, notOffered
}

// groups gives the points by their group, in the order in which they were asked.
func (r *Report) groups() (groups []Report) {
	for _, p := range r.Points {
		name, _, _ := strings.Cut(p.Name, "/")
		if n := len(groups); n == 0 || groups[n-1].Name != name {
			groups = append(groups, Report{Host: Host{Name: name}})
		}
		last := &groups[len(groups)-1]
		last.Points = append(last.Points, p)
	}
	return groups
}

// Text writes the report for people: a line for each group, and what does not hold.
func (r *Report) Text(out io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s on %s\n", cmp.Or(r.Name, "A host that gives no name"), cmp.Or(r.Engine, "an engine that it does not name"))
	for _, g := range r.groups() {
		passed, failed, notOffered := g.Count()
		fmt.Fprintf(&b, "  %-14s %4d hold", g.Name, passed)
		if failed > 0 {
			fmt.Fprintf(&b, ", %d do not", failed)
		}
		if notOffered > 0 {
			fmt.Fprintf(&b, ", %d not offered", notOffered)
		}
		b.WriteByte('\n')
		for _, p := range g.Points {
			switch {
			case p.Fault != "":
				fmt.Fprintf(&b, "    %s: %s\n", p.Name, p.Fault)
			case p.NotOffered != "":
				fmt.Fprintf(&b, "    %s: not offered, %s\n", p.Name, p.NotOffered)
			}
		}
	}
	passed, failed, notOffered := r.Count()
	fmt.Fprintf(&b, "%d hold, %d do not, %d not offered\n", passed, failed, notOffered)
	if r.StartMS > 0 {
		fmt.Fprintf(&b, "%.1f ms from start to first card, %.0f µs a card\n", r.StartMS, r.CardUS)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// JSON writes the counts and measures for programs.
func (r *Report) JSON(out io.Writer) error {
	passed, failed, notOffered := r.Count()
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	return enc.Encode(map[string]any{
		"host": r.Name, "engine": r.Engine, "deadline": r.Deadline, "memory": r.Memory, "modules": r.Modules, "parallel": r.Parallel,
		"passed": passed, "failed": failed, "not_offered": notOffered, "start_to_first_card_ms": r.StartMS, "card_us": r.CardUS,
	})
}
