//go:build race

package nolies

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/plugin"
)

const raceDetector = true

// inPlugin answers natively, as the module does.
type inPlugin struct{}

func tillEngine(*testing.T) serve.Engine { return inPlugin{} }

func (inPlugin) Take(_ context.Context, event []byte) ([]byte, host.Answer, error) {
	m := new(plugin.Module)
	m.Configure([]byte(`{"policy":` + oneForAll + `}`))
	raw := m.Answer(event)
	var reply struct {
		host.Answer
		Error *plugin.Error `json:"error"`
	}
	if err := json.Unmarshal(raw, &reply); err != nil || reply.Error == nil {
		return raw, reply.Answer, err
	}
	return raw, host.Answer{}, reply.Error
}

func (inPlugin) Describe(context.Context) ([]byte, error) { return nil, errors.New("nobody asks") }
func (inPlugin) Safe(host.Event) host.Answer              { return host.Answer{} }
func (inPlugin) Fallback() error                          { return nil }
func (inPlugin) ModuleSHA256() string                     { return "" }
func (inPlugin) Instances() int                           { return 1 }
