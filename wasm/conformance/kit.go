package conformance

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/wasm"
	"github.com/tillwise/tillwise/wasm/conformance/handmade"
)

// Kit says which host is asked, and how.
type Kit struct {
	Command []string
	Dir     string        // where the command runs; "": here
	Errors  io.Writer     // for what the host says on its standard error; nil: nowhere
	Limit   time.Duration // for one line; 0: 30 seconds
	Calls   int           // how many calls in a row; 0: 10,500, beyond the 10,000 after which an instance is replaced
	Points  []string      // which points are asked, or groups of them; nil: all
	Fast    bool          // leave out the measures of time
}

// maxRestarts is how often a host that is gone is started anew.
const maxRestarts = 5

// run is one run of the kit.
type run struct {
	kit      Kit
	child    *child
	restarts int
	modules  string // the folder of the handmade modules
	report   Report
	group    string
	native   plugin.Module
	opened   []byte // the settings of a conversation's engine; nil: another is open
	cards    plugin.SafeCards
}

// Run asks a host about every point. The error is of a host that cannot be started
// or has no engine; what does not hold is in the report.
func (k Kit) Run() (report Report, err error) {
	if k.Calls <= 0 {
		k.Calls = 10_500
	}
	if k.Errors == nil {
		k.Errors = io.Discard
	}
	r := &run{kit: k, cards: plugin.MakeSafeCards()}
	if r.modules, err = tempDir(); err != nil {
		return report, err
	}
	defer os.RemoveAll(r.modules)
	if err = WriteModules(r.modules); err != nil {
		return report, err
	}
	if r.child, err = startChild(k.Command, k.Dir, k.Errors, k.Limit); err != nil {
		return report, err
	}
	defer func() { _ = r.child.end(errGone) }()
	if err = r.open(opening{}); err != nil {
		return report, fmt.Errorf("opening the host's own module with default settings: %w", err)
	}
	for _, g := range []struct {
		name string
		ask  func(*run)
	}{
		{"vectors", (*run).vectors}, {"conversations", (*run).conversations}, {"sales", (*run).sales},
		{"settings", (*run).settings}, {"errors", (*run).errors}, {"limits", (*run).limits}, {"calls", (*run).calls},
		{"lanes", (*run).lanes}, {"hostile", (*run).hostile}, {"safe", (*run).safe}, {"closing", (*run).closing},
	} {
		if r.group = g.name; !r.asksGroup() {
			continue
		}
		if err := r.open(opening{}); err != nil {
			r.fail("opens", err)
			continue
		}
		g.ask(r)
	}
	if !k.Fast {
		r.group = "times"
		if err := r.measure(); err != nil {
			r.fail("are measured", err)
		}
	}
	return r.report, nil
}

// WriteModules writes the modules that the kit has hosts open into a folder: for a
// host that has to prepare them, as one that translates them does.
func WriteModules(dir string) error {
	all := append(handmade.Failing(), handmade.Wrong()...)
	all = append(all, handmade.Fault{Name: "busy", Module: handmade.Busy(string(new(plugin.Module).Answer([]byte(plain))))},
		handmade.Fault{Name: "tillwise", Module: wasm.Module})
	for _, f := range all {
		path := filepath.Join(dir, f.Name+".wasm")
		if have, err := os.ReadFile(path); err == nil && bytes.Equal(have, f.Module) {
			continue // what was made of it stays newer
		}
		if err := os.WriteFile(path, f.Module, 0o644); err != nil {
			return fmt.Errorf("writing the kit's modules: %w", err)
		}
	}
	return nil
}

// plain is an event that every module of the kit is asked.
const plain = `{"v":1,"at":1795530727000,"utc_offset_min":-300,"locale":"fr-CA","customer_locale":"en-CA",` +
	`"exchange":{"operation":"authorization","request":{"auto_capture":true,"amount":"1249.00"},"status":0,"failure":"timeout","sent":"unknown"},"sale":{}}`

// opening is the line that opens an engine; its reply is the host's.
type opening struct {
	Do         string          `json:"do"`
	Settings   json.RawMessage `json:"settings,omitempty"`
	Module     string          `json:"module,omitempty"`
	SHA256     string          `json:"sha256,omitempty"`
	Instances  int             `json:"instances,omitempty"`
	DeadlineMS int             `json:"deadline_ms,omitempty"`
}

// open opens an engine, after a new start where the host is gone. The error is a
// *plugin.Error where the host has one.
func (r *run) open(o opening) error {
	if r.child.gone != nil {
		if r.restarts++; r.restarts > maxRestarts {
			return r.child.gone
		}
		next, err := startChild(r.kit.Command, r.kit.Dir, r.kit.Errors, r.kit.Limit)
		if err != nil {
			return err
		}
		r.child = next
	}
	o.Do = "open"
	replies, err := r.ask(o)
	if err != nil {
		return err
	}
	var got struct{ Error *plugin.Error }
	if err := replies[0].into(&got); err != nil {
		return err
	}
	if got.Error != nil {
		return got.Error
	}
	return replies[0].into(&r.report.Host)
}

// ask sends lines that are made of values.
func (r *run) ask(lines ...any) ([]reply, error) {
	raw := make([][]byte, len(lines))
	for i, line := range lines {
		var err error
		if raw[i], err = marshal(line); err != nil {
			return nil, err
		}
	}
	return r.child.ask(raw...)
}

// answering is a line that has an event answered; Do is answer, card or sale.
type answering struct {
	Do    string          `json:"do"`
	Lane  int             `json:"lane"`
	Event json.RawMessage `json:"event"`
	Sale  string          `json:"sale,omitempty"`
}

// answer is the bytes that the host gives for an event.
func (r *run) answer(event []byte) (string, error) {
	replies, err := r.ask(answering{Do: "answer", Event: event})
	if err != nil {
		return "", err
	}
	return replies[0].text()
}

// card is what the host has a POS show for an event.
func (r *run) card(event []byte) (card, error) {
	replies, err := r.ask(answering{Do: "card", Event: event})
	if err != nil {
		return card{}, err
	}
	return replies[0].card()
}

// want is what the module gives, natively: a copy.
func (r *run) want(event []byte) string { return string(r.native.Answer(event)) }

// point holds one thing; groups of a host that is gone go on with a new one.
func (r *run) point(name string, hold func() error) {
	if !r.asks(name) {
		return
	}
	err := hold()
	if err == nil {
		r.report.Passed(r.group + "/" + name)
		return
	}
	r.fail(name, err)
	if errors.Is(err, errGone) {
		if err := r.open(opening{}); err != nil {
			r.fail(name+": opens again", err)
		}
	}
}

func (r *run) fail(name string, err error) { r.report.Failed(r.group+"/"+name, err) }

// offered marks a point that the host says it cannot hold.
func (r *run) offered(name string, can bool, why string) bool {
	if !can && r.asks(name) {
		r.report.NotOffered(r.group+"/"+name, why)
	}
	return can
}

// asks tells whether a point of the group is one that the kit was told to ask.
func (r *run) asks(name string) bool {
	return r.kit.Points == nil || slices.Contains(r.kit.Points, r.group) || slices.Contains(r.kit.Points, r.group+"/"+name)
}

// asksGroup tells whether there is any such point in the group.
func (r *run) asksGroup() bool {
	return r.kit.Points == nil || slices.ContainsFunc(r.kit.Points, func(p string) bool {
		group, _, _ := strings.Cut(p, "/")
		return group == r.group
	})
}
