package settings_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
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
	for _, key := range []string{"token_file", "tls_cert", "tls_key", "[service.supervisors]"} {
		require.Contains(t, settings.Sample, "\n#"+key)
	}
}

func names(of any) (out []string) {
	for field := range reflect.TypeOf(of).Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		out = append(out, name)
	}
	return out
}

// read reads a text as a file.
func read(t *testing.T, text string) (settings.Settings, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "store.toml")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return settings.Read(path)
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
			s, err := read(t, tt.text)
			require.NoError(t, err)
			require.JSONEq(t, tt.want, string(s.JSON))
		})
	}
}

func TestTill(t *testing.T) {
	s, err := read(t, "[till]\nstore = '0412'\nlane = '3'\nlanguage = 'fr-CA'\ncontrast = true\ntouch = true")
	require.NoError(t, err)
	require.Equal(t, settings.Till{Store: "0412", Lane: "3", Language: plugin.French, Contrast: true, Touch: true}, s.Till)
}

func TestMistakes(t *testing.T) {
	tests := []struct {
		name string
		text string
		want []string // by line, in order
	}{
		{"a key spelled wrong", "[policy]\noveride = true", []string{"2: policy.overide is not known (nearest: override)"}},
		{"a table spelled wrong", "[polcy]\noverride = true", []string{"1: polcy is not known (nearest: policy)"}},
		{"a key in the wrong table", "[texts]\nlane = '3'", []string{"2: texts.lane is not known (there are: store, contacts)"}},
		{"a key of capitals", "[Till]\nlane = '3'", []string{"1: Till is not known (nearest: till)"}},
		{"an owner that nobody calls", "[texts.contacts.manager]\nen-CA = 'x'",
			[]string{"1: texts.contacts.manager is not known (there are: supervisor, store_it, flexiti, customer)"}},
		{"another language", "[texts.contacts.flexiti]\nes-MX = 'x'", []string{"1: texts.contacts.flexiti.a member is not known (there are: en-CA, fr-CA)"}},
		{"a key of many parts", "\n" + strings.Repeat("a.", 30000) + "a = 1", []string{"2: no key has so many parts"}},
		{"tables within tables", strings.Repeat("a={", 16000), []string{"1: no key has so many parts"}},
		{"no TOML", "policy = ", []string{"1: "}},
		{"a till setting of another type", "[till]\ntouch = 'yes'", []string{"2: till.touch must be true or false"}},
		{"a policy of another type", "[policy]\noverride = 'yes'", []string{"2: policy.override must be true or false"}},
		{"a policy that is no table", "policy = 1", []string{"1: policy must be an object"}},
		{"a till that is no table", "till = 1", []string{"1: till must be a table"}},
		{"a limit out of range", "[policy.limits]\n\nanswers = 4", []string{"3: policy.limits.answers must be a whole number from 0 to 3"}},
		{"a limit in a dotted key", "policy.limits.answers = 4", []string{"1: policy.limits.answers must be"}},
		{"an unknown method", "[policy]\nmethods = ['fax']", []string{"2: policy.methods must be one of sms, email, security_question, piw"}},
		{"no method", "[policy]\nmethods = []", []string{"2: policy.methods must name a method"}},
		{"another settler", "[policy]\nsettled_by = 'customer'", []string{"2: policy.settled_by must be one of supervisor, cashier"}},
		{"an operation that is none", "[policy]\nempty_ok = ['refunds']", []string{"2: policy.empty_ok must be one of token, i18n,"}},
		{"a contact of another type", "[texts.contacts.flexiti]\nen-CA = 1800", []string{"2: texts.contacts.flexiti.en-CA must be a string"}},
		{"a long contact", "[texts.contacts.flexiti]\nen-CA = '" + strings.Repeat("é", 73) + "'", []string{"2: texts.contacts.flexiti.en-CA must have at most 72 characters"}},
		{"a wide contact", "[texts.contacts.flexiti]\nen-CA = '" + strings.Repeat("店", 40) + "'", []string{"2: texts.contacts.flexiti.en-CA must be one line of at most 72 cells"}},
		{"a contact of two lines", "[texts.contacts.flexiti]\nen-CA = \"a\\nb\"", []string{"2: texts.contacts.flexiti.en-CA must be one line"}},
		{"a lane with a space", "[till]\nlane = 'lane 3'", []string{"2: till.lane must be at most 64 letters"}},
		{"a store with a space", "[till]\nstore = 'store 3'", []string{"2: till.store must be at most 64 letters"}},
		{"another language at the start", "[till]\nlanguage = 'es'", []string{`2: till.language must be "en-CA" or "fr-CA"`}},
		{"a token that is not there", "[service]\ntoken_file = 'none'", []string{"2: service.token_file must be a plain file that can be read"}},
		{"a certificate that is not there", "[service]\ntls_cert = 'none'", []string{"2: service.tls_cert must be a certificate in PEM"}},
		{"a PIN in clear", "[service.supervisors]\nA = '4711'", []string{"2: service.supervisors must give for each what `tillwise settings pin` prints"}},
		{"a supervisor who may be a number of somebody's", "[service.supervisors]\n45061234 = 'x'", []string{"1: service.supervisors must name each by at most 24 letters"}},
		{"a key that may not be shown", "[till]\n4506123456789012 = 1", []string{"2: till.a key is not known (there are: store, lane, language, contrast, touch)"}},
		{"all at once", "[till]\ntuch = true\n[policy]\nmetods = ['sms']\noverride = 1\n[texts]\nstor = 'S'\n",
			[]string{"2: till.tuch is not known (nearest: touch)", "4: policy.metods is not known (nearest: methods)", "5: policy.override must be true or false", "7: texts.stor is not known (nearest: store)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := read(t, tt.text)
			require.Error(t, err)
			got := strings.Split(err.Error(), "\n")
			require.Len(t, got, len(tt.want), err)
			for i, want := range tt.want {
				_, line, _ := strings.Cut(got[i], "store.toml:")
				require.Contains(t, line, want)
				require.NotContains(t, line, "4711")
			}
		})
	}
}

// A file in JSON is checked as one in TOML is.
func TestJSON(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.json")
	require.NoError(t, os.WriteFile(path, []byte(`{"policy":{"metods":["sms"]},"texts":{"stor":"S"}}`), 0o600))
	_, err := settings.Read(path)
	require.EqualError(t, err, path+": policy.metods is not known (nearest: methods)\n"+path+": texts.stor is not known (nearest: store)")
	require.NoError(t, os.WriteFile(path, []byte(`{"policy":{"methods":["sms"]}}`), 0o600))
	s, err := settings.Read(path)
	require.NoError(t, err)
	require.JSONEq(t, `{"policy":{"methods":["sms"]}}`, string(s.JSON))
}

func TestService(t *testing.T) {
	dir := t.TempDir()
	hash, err := settings.HashPIN("4711")
	require.NoError(t, err)
	other, err := settings.HashPIN("2580")
	require.NoError(t, err)
	require.NotContains(t, hash, "4711")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "token"), []byte("abcdefghijklmnop\n"), 0o600))
	path := filepath.Join(dir, "store.toml")
	text := "[service]\ntoken_file = 'token'\n[service.supervisors]\nA = '" + hash + "'\n'Jo B.' = '" + other + "'\n"
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	s, err := settings.Read(path)
	require.NoError(t, err)
	require.Equal(t, "abcdefghijklmnop", s.Service.Token)
	who, ok := s.Service.Supervisor("2580")
	require.True(t, ok)
	require.Equal(t, "Jo B.", who)
	_, ok = s.Service.Supervisor("4712")
	require.False(t, ok)
	require.NotContains(t, string(s.JSON), "pbkdf2", "the module never gets it")

	if runtime.GOOS != "windows" {
		require.NoError(t, os.Chmod(filepath.Join(dir, "token"), 0o644))
		_, err = settings.Read(path)
		require.ErrorContains(t, err, "store.toml:2: service.token_file must be a file that nobody else can read: chmod 600 token")
	}
}

func TestPINsThatAreNone(t *testing.T) {
	for _, pin := range []string{"", "123", "1111", "1234", "4321", "47a1", "47 1", strings.Repeat("47", 7)} {
		_, err := settings.HashPIN(pin)
		require.ErrorIs(t, err, settings.ErrPIN, pin)
	}
}

// Whatever a file holds: settings or mistakes, and never both.
func FuzzRead(f *testing.F) {
	for _, text := range []string{settings.Sample, "[policy]\nmetods=1", "{}", "till = 1", "[service.supervisors]\nA='x'", "a.b.c = inf"} {
		f.Add(text)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range []string{"store.toml", "store.json"} {
			path := filepath.Join(dir, name)
			require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
			s, err := settings.Read(path)
			if err != nil {
				require.Empty(t, s.JSON)
			} else {
				require.NotEmpty(t, s.JSON)
			}
		}
	})
}

func TestReadNamesTheFile(t *testing.T) {
	dir := t.TempDir()
	_, err := settings.Read(filepath.Join(dir, "none.toml"))
	require.ErrorIs(t, err, os.ErrNotExist)
	path := filepath.Join(dir, "store.toml")
	require.NoError(t, os.WriteFile(path, []byte("[policy]\noveride = true"), 0o600))
	_, err = settings.Read(path)
	require.ErrorContains(t, err, "store.toml:2: policy.overide is not known")
	require.NoError(t, os.WriteFile(path, []byte(strings.Repeat("#", 65<<10)), 0o600))
	_, err = settings.Read(path)
	require.ErrorContains(t, err, "is it the right file?")
}

// What is in force can be read back, and says which of it the store has set.
func TestShow(t *testing.T) {
	hash, err := settings.HashPIN("4711")
	require.NoError(t, err)
	s, err := read(t, "[till]\nlane = '3'\n[policy]\noverride = true\nlimits.answers = 1\n[texts.contacts.flexiti]\nfr-CA = 'Poste 4'\n[service.supervisors]\nA = '"+hash+"'")
	require.NoError(t, err)
	shown := s.Show()
	for _, want := range []string{"lane = \"3\"\n", "store = \"\"  # default\n", "override = true\n", "bypass = false  # default\n", "answers = 1\n", "codes = 3  # default\n",
		"methods = [\"sms\", \"email\", \"security_question\"]  # default\n", "wait_s = 60  # default\n", "[texts.contacts.flexiti]\nfr-CA = \"Poste 4\"\n", "# A may settle, with a PIN\n"} {
		require.Contains(t, shown, want)
	}
	require.NotContains(t, shown, "pbkdf2")
	again, err := read(t, shown)
	require.NoError(t, err)
	require.Equal(t, s.Till, again.Till)
	require.Contains(t, again.Show(), "codes = 3\n", "all of it is set now")
}
