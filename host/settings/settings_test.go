package settings_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/settings"
	"github.com/tillwise/tillwise/plugin"
)

func TestSampleLoads(t *testing.T) {
	s, err := settings.Read("store.sample.toml")
	require.NoError(t, err)
	var got struct {
		Policy plugin.Policy
		Texts  plugin.Texts
	}
	require.NoError(t, json.Unmarshal(s.JSON, &got))
	require.Equal(t, plugin.Policy{
		Methods:   []plugin.Method{plugin.MethodSMS, plugin.MethodEmail, plugin.MethodSecurityQuestion},
		SettledBy: plugin.OwnerSupervisor, WaitS: 60, StatusHeld: []string{}, StatusTaken: []string{}, EmptyOK: []plugin.Operation{},
	}, got.Policy)
	require.Equal(t, "Sample Furniture", got.Texts.Store)
	require.Equal(t, plugin.Contact{English: "Dial 301", French: "Composez le 301"}, got.Texts.Contacts[plugin.OwnerSupervisor])
	require.Len(t, got.Texts.Contacts, 4)
}

// The sample is the list of the keys: whatever the module takes must be in it.
func TestSampleHasEverySetting(t *testing.T) {
	var sample map[string]map[string]any
	_, err := toml.Decode(strings.ReplaceAll(settings.Sample, "\n#auto_capture", "\nauto_capture"), &sample) // it has no default
	require.NoError(t, err)
	for table, of := range map[string]any{"policy": plugin.Policy{}, "texts": plugin.Texts{}} {
		for _, name := range names(of) {
			require.Contains(t, sample[table], name)
		}
	}
	for _, name := range names(plugin.Limits{}) {
		require.Contains(t, sample["policy"]["limits"], name)
	}
	require.Len(t, sample["till"], reflect.TypeFor[settings.Till]().NumField())
}

func names(of any) (out []string) {
	for field := range reflect.TypeOf(of).Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		out = append(out, name)
	}
	return out
}

func TestParse(t *testing.T) {
	tests := []struct {
		name string
		text string
		want string // as JSON
	}{
		{"nothing", "", `{"policy":{},"texts":{}}`},
		{"a policy", "[policy]\noverride = true\nlimits.answers = 1", `{"policy":{"override":true,"limits":{"answers":1}},"texts":{}}`},
		{"a key without a default", "[policy]\nauto_capture = false\nempty_ok = ['release']", `{"policy":{"auto_capture":false,"empty_ok":["release"]},"texts":{}}`},
		{"a contact in one language", "[texts.contacts]\nsupervisor.fr-CA = 'Composez le 301'",
			`{"policy":{},"texts":{"contacts":{"supervisor":{"fr-CA":"Composez le 301"}}}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := settings.Parse(tt.text)
			require.NoError(t, err)
			require.JSONEq(t, tt.want, string(s.JSON))
		})
	}
}

func TestTill(t *testing.T) {
	s, err := settings.Parse("[till]\nstore = '0412'\nlane = '3'\nlanguage = 'fr-CA'\ncontrast = true\ntouch = true")
	require.NoError(t, err)
	require.Equal(t, settings.Till{Store: "0412", Lane: "3", Language: plugin.French, Contrast: true, Touch: true}, s.Till)
}

func TestRefusals(t *testing.T) {
	tests := []struct {
		name string
		text string
		want string
	}{
		{"a key spelled wrong", "[policy]\noveride = true", "there is no key policy.overide: did you mean policy.override?"},
		{"a table spelled wrong", "[polcy]\noverride = true", "there is no key polcy: did you mean policy?"},
		{"a key in the wrong table", "[texts]\nlane = '3'", "there is no key texts.lane: did you mean till.lane?"},
		{"a key of capitals", "[Till]\nlane = '3'", "there is no key Till: did you mean till?"},
		{"an owner that nobody calls", "[texts.contacts.nobody]\nen-CA = 'x'", "there is no key texts.contacts.nobody"},
		{"another language", "[texts.contacts.flexiti]\nes-MX = 'x'", "did you mean texts.contacts.flexiti.en-CA?"},
		{"no TOML", "policy = ", "line 1: "},
		{"a till setting of another type", "[till]\ntouch = 'yes'", "till.touch"},
		{"a policy of another type", "[policy]\noverride = 'yes'", "policy.override must be true or false"},
		{"a policy that is no table", "policy = 1", "policy"},
		{"a limit out of range", "[policy.limits]\nanswers = 4", "policy.limits.answers must be a whole number from 0 to 3"},
		{"an unknown method", "[policy]\nmethods = ['fax']", "policy.methods must be one of sms, email, security_question, piw"},
		{"another settler", "[policy]\nsettled_by = 'customer'", "policy.settled_by"},
		{"a contact of another type", "[texts.contacts.flexiti]\nen-CA = 1800", "texts.contacts.flexiti.en-CA must be a string"},
		{"a long contact", "[texts.contacts.flexiti]\nen-CA = '" + strings.Repeat("é", 73) + "'", "at most 72 characters"},
		{"a contact of two lines", "[texts.contacts.flexiti]\nen-CA = \"a\\nb\"", "one line"},
		{"a lane with a space", "[till]\nlane = 'lane 3'", "till.lane must be at most 64 letters"},
		{"a store with a space", "[till]\nstore = 'store 3'", "till.store must be at most 64 letters"},
		{"another language at the start", "[till]\nlanguage = 'es'", `till.language must be "en-CA" or "fr-CA"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := settings.Parse(tt.text)
			require.ErrorContains(t, err, tt.want)
		})
	}
}

func TestReadNamesTheFile(t *testing.T) {
	dir := t.TempDir()
	_, err := settings.Read(filepath.Join(dir, "none.toml"))
	require.ErrorIs(t, err, os.ErrNotExist)
	path := filepath.Join(dir, "store.toml")
	require.NoError(t, os.WriteFile(path, []byte("[policy]\noveride = true"), 0o600))
	_, err = settings.Read(path)
	require.ErrorContains(t, err, "store.toml: there is no key policy.overide")
	require.NoError(t, os.WriteFile(path, []byte(strings.Repeat("#", 65<<10)), 0o600))
	_, err = settings.Read(path)
	require.ErrorContains(t, err, "is it the right file?")
}
