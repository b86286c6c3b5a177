package nolies

import (
	"bytes"
	"context"
	"net/http"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// lane is how a world is put together: where Flexiti is, and where tillwise is.
type lane struct {
	plays  int    // so that no two sales of a till have one name
	url    string // Flexiti's
	policy string // of a tillwise that is one for all sales
	open   func(w *world) http.RoundTripper
	teller func(w *world) teller
}

// inPlugin is the plugin called directly, and Flexiti without a network.
func inPlugin() *lane {
	m := new(plugin.Module)
	return &lane{
		url:  "http://flexiti.test",
		open: func(w *world) http.RoundTripper { return w.sim.Transport() },
		teller: func(w *world) teller {
			if out := string(m.Configure([]byte(`{"policy":` + w.policy + `}`))); out != "{}" {
				panic(out)
			}
			return &alone{w: w, answer: func(event []byte) ([]byte, error) { return bytes.Clone(m.Answer(event)), nil }}
		},
	}
}

// inModule is the same through the WebAssembly module.
func inModule(e *host.Engine) *lane {
	l := inPlugin()
	l.policy = oneForAll
	l.teller = func(w *world) teller {
		return &alone{w: w, answer: func(event []byte) ([]byte, error) { return e.AnswerJSON(context.Background(), event) }}
	}
	return l
}
