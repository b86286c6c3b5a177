package conformance

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/tillwise/tillwise/wasm/conformance/adapter/lines"
)

// hostArg has this binary be a host, of the kind that follows it.
const hostArg = "be-a-host"

func TestMain(m *testing.M) {
	if len(os.Args) != 3 || os.Args[1] != hostArg {
		os.Exit(m.Run())
	}
	if err := fake(os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// fake is a host of some kind: the Go host, right or with a mistake, or none at all.
func fake(kind string) error {
	if kind == "right" {
		return lines.Serve(context.Background(), false, os.Stdin, os.Stdout)
	}
	if mistake := mistakes[kind]; mistake != nil {
		return mistaken(mistake)
	}
	return failing(kind)
}

// failing is a host that opens, at best.
func failing(kind string) error {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, maxLine)
	for in.Scan() {
		switch {
		case kind == "refuses":
			fmt.Println(`{"error":{"kind":"wrong_module","detail":"it is none"}}`)
		case kind == "offers nothing":
			fmt.Println(`{"host":"a fake","engine":"none","deadline":false,"memory":false,"modules":false,"parallel":false}`)
		case strings.Contains(in.Text(), `"do":"open"`):
			fmt.Println(`{"host":"a fake","engine":"none"}`)
		case kind == "dies":
			return errors.New("out of memory")
		case kind == "babbles":
			fmt.Println("\x1b[2Jhello")
		case kind == "lies":
			fmt.Println(`"{}"`)
		case kind == "hangs":
			never, _, err := os.Pipe()
			if err != nil {
				return err
			}
			_, err = never.Read(make([]byte, 1))
			return err
		}
	}
	return in.Err()
}

// asking is as much of a line as the mistakes look at.
type asking struct {
	Do     string
	Module string
	Event  json.RawMessage
}

const lied = `{"answer":{"prompt":{"headline":"All is paid"},"decision":{"card":"purchase_captured"},"sale":{}},"error":null}`

// mistakes make another reply of a right one. The module is the one that is open.
var mistakes = map[string]func() func(module string, l asking, reply string) string{
	"asks a trapped instance again": func() func(string, asking, string) string {
		n := 0
		return func(module string, l asking, reply string) string {
			if !strings.HasSuffix(module, "traps.wasm") || l.Do != "card" {
				return reply
			}
			if n++; n == 1 {
				return reply
			}
			return lied
		}
	},
	"lends an instance twice": func() func(string, asking, string) string {
		return func(module string, l asking, reply string) string {
			if strings.HasSuffix(module, "busy.wasm") && l.Do == "answer" {
				return `"{\"lie\":1}"`
			}
			return reply
		}
	},
	"reads answers too late": func() func(string, asking, string) string {
		return func(_ string, l asking, reply string) string {
			var all []string
			if l.Do != "batch" || json.Unmarshal([]byte(reply), &all) != nil {
				return reply
			}
			for i := range all {
				all[i] = all[len(all)-1]
			}
			out, _ := marshal(all)
			return string(out)
		}
	},
	"says nothing of errors": func() func(string, asking, string) string {
		return func(_ string, l asking, reply string) string {
			if at := strings.LastIndex(reply, `,"error":{`); l.Do == "card" && at > 0 {
				return reply[:at] + `,"error":null}`
			}
			return reply
		}
	},
	"mixes up sales": func() func(string, asking, string) string {
		before := ""
		return func(_ string, l asking, reply string) string {
			if l.Do != "sale" {
				return reply
			}
			if before == "" {
				before = reply
			}
			return before
		}
	},
	"forgets the sale beside an error": func() func(string, asking, string) string {
		return func(_ string, l asking, reply string) string {
			var c struct {
				Answer map[string]json.RawMessage `json:"answer"`
				Error  json.RawMessage            `json:"error"`
			}
			if l.Do != "card" || json.Unmarshal([]byte(reply), &c) != nil || string(c.Error) == "null" {
				return reply
			}
			c.Answer["sale"] = json.RawMessage(`{}`)
			out, _ := marshal(c)
			return string(out)
		}
	},
}

// mistaken is the Go host with a mistake put into its replies.
func mistaken(make func() func(string, asking, string) string) error {
	toHost, in := io.Pipe()
	out, fromHost := io.Pipe()
	go func() { fromHost.CloseWithError(lines.Serve(context.Background(), false, toHost, fromHost)) }()
	asked := bufio.NewScanner(os.Stdin)
	asked.Buffer(nil, maxLine)
	all := chanOf(asked, in)
	replies := bufio.NewScanner(out)
	replies.Buffer(nil, maxLine)
	module, mistake := "", make()
	for replies.Scan() {
		l := <-all
		if l.Do == "open" {
			module = l.Module
		}
		fmt.Println(mistake(module, l, replies.Text()))
	}
	return replies.Err()
}

// chanOf hands lines on, and gives what they asked.
func chanOf(from *bufio.Scanner, to *io.PipeWriter) <-chan asking {
	all := make(chan asking, 100_000)
	go func() {
		for from.Scan() {
			var l asking
			_ = json.Unmarshal(from.Bytes(), &l) // what is no line asks nothing
			all <- l
			fmt.Fprintln(to, from.Text())
		}
		to.CloseWithError(from.Err())
	}()
	return all
}
