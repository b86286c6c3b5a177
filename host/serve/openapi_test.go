package serve_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/plugin"
)

// document is openapi.json, and what of it traffic has shown.
type document struct {
	root     map[string]any
	path     string
	routes   *http.ServeMux // tells which path a request is for
	compiler *jsonschema.Compiler

	strict bool // requests have nothing that is not documented

	mu      sync.Mutex
	schemas map[string]*jsonschema.Schema
	seen    map[string]int
}

// enough bodies of one kind are held to their schema: there are tests that post
// thousands, and one takes a hundred times as long as its answer.
const enough = 10

// openAPI is the one against which every answer of a till in a test is held.
var openAPI = sync.OnceValue(newDocument)

func newDocument() *document {
	path, err := filepath.Abs("openapi.json")
	if err != nil {
		panic(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	d := &document{path: path, compiler: jsonschema.NewCompiler(), schemas: map[string]*jsonschema.Schema{}, seen: map[string]int{}}
	if err := json.Unmarshal(raw, &d.root); err != nil {
		panic(err)
	}
	d.routes = http.NewServeMux()
	for path := range d.root["paths"].(map[string]any) {
		d.routes.HandleFunc(path, http.NotFound)
	}
	return d
}

// at gives what stands at a place, and that place, after references within the document.
func (d *document) at(place ...string) (map[string]any, []string) {
	var here any = d.root
	for i, name := range place {
		members, _ := here.(map[string]any)
		here = members[name]
		if members, ok := here.(map[string]any); ok {
			if to, ok := members["$ref"].(string); ok && strings.HasPrefix(to, "#/components/") {
				return d.at(append(strings.Split(to[2:], "/"), place[i+1:]...)...)
			}
		}
	}
	found, _ := here.(map[string]any)
	return found, place
}

// valid holds a value to the schema at a place.
func (d *document) valid(value any, place []string) error {
	escaped := make([]string, len(place))
	for i, name := range place {
		escaped[i] = strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
	}
	name := d.path + "#/" + strings.Join(escaped, "/")
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.schemas[name] == nil {
		schema, err := d.compiler.Compile(name)
		if err != nil {
			return err
		}
		d.schemas[name] = schema
	}
	return d.schemas[name].Validate(value)
}

// see counts what traffic has shown.
func (d *document) see(what ...string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.seen[strings.Join(what, " ")]++
	return d.seen[strings.Join(what, " ")]
}

// do has a request answered, and holds what comes to openapi.json.
func (s *till) do(r *http.Request) *httptest.ResponseRecorder {
	var sent bytes.Buffer
	r.Body = io.NopCloser(io.TeeReader(r.Body, &sent))
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	if err := s.document.check(r, sent.Bytes(), w.Code, w.Header(), w.Body.Bytes()); err != nil {
		s.t.Errorf("%s %s: not as openapi.json has it: %v", r.Method, r.URL, err)
	}
	return w
}

// check holds one exchange with a till to the document.
func (d *document) check(r *http.Request, sent []byte, status int, head http.Header, body []byte) error {
	place := []string{"x-other-paths"}
	if r.Pattern == "" { // it came to no route
		_, r.Pattern = d.routes.Handler(r)
		place = []string{"components", "responses", map[int]string{401: "Unauthorized", 403: "Forbidden"}[status]}
	}
	method := strings.ToLower(r.Method)
	if path, _ := d.at("paths", r.Pattern); path != nil {
		if place[0] == "x-other-paths" {
			place = []string{"paths", r.Pattern, "x-other-methods"}
		}
		if _, documented := path[method]; documented {
			place = []string{"paths", r.Pattern, method, "responses", fmt.Sprint(status)}
			if reply, _ := d.at(place...); reply == nil && status == http.StatusInternalServerError {
				place[4] = "default"
			}
		}
	}
	reply, at := d.at(place...)
	if reply == nil || place[0] == "x-other-paths" && status != http.StatusNotFound {
		return fmt.Errorf("no such answer: %v", place)
	}
	often := d.see(place...) > enough
	if status == http.StatusOK && !often {
		if err := d.checkRequest(r, sent, place[:3]); err != nil {
			return err
		}
	}
	documented, _ := reply["headers"].(map[string]any)
	for name, values := range head {
		if name == "Content-Type" || name == "Content-Length" {
			continue
		}
		for is := range documented {
			if strings.EqualFold(is, name) {
				name = is
			}
		}
		header, where := d.at(slices.Concat(at, []string{"headers", name})...)
		if header == nil {
			return fmt.Errorf("%v has no header %s", place, name)
		}
		if err := d.valid(values[0], append(where, "schema")); err != nil {
			return fmt.Errorf("%v, header %s: %w", place, name, err)
		}
		d.see(append(slices.Clone(at), "header", name)...)
	}
	for name := range documented {
		if header, _ := d.at(slices.Concat(at, []string{"headers", name})...); header["required"] == true && head.Get(name) == "" {
			return fmt.Errorf("%v lacks the header %s", place, name)
		}
	}
	media, _, err := mime.ParseMediaType(head.Get("Content-Type"))
	if err != nil {
		return err
	}
	if found, _ := d.at(slices.Concat(at, []string{"content", media})...); found == nil {
		return fmt.Errorf("%v is not %s", place, media)
	}
	if often {
		return nil
	}
	var value any = string(body)
	if media == "application/json" {
		if value, err = jsonschema.UnmarshalJSON(bytes.NewReader(body)); err != nil {
			return err
		}
	}
	if err := d.valid(value, slices.Concat(at, []string{"content", media, "schema"})); err != nil {
		return fmt.Errorf("%v: %w", place, err)
	}
	return nil
}

// checkRequest holds a request that was answered well to the document.
func (d *document) checkRequest(r *http.Request, sent []byte, place []string) error {
	known := map[string]bool{}
	operation, at := d.at(place...)
	parameters, _ := operation["parameters"].([]any)
	for _, p := range parameters {
		to := strings.Split(p.(map[string]any)["$ref"].(string)[2:], "/")
		parameter, _ := d.at(to...)
		name := parameter["name"].(string)
		known[name] = true
		var value string
		switch parameter["in"] {
		case "query":
			value = r.URL.Query().Get(name)
		case "header":
			value = r.Header.Get(name)
		case "path":
			value = r.PathValue(name)
		}
		if value == "" && parameter["required"] != true {
			continue
		}
		d.see(append(slices.Clone(at), "parameter", name)...)
		if err := d.valid(value, append(to, "schema")); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	for name := range r.URL.Query() {
		if d.strict && !known[name] {
			return fmt.Errorf("%v takes no %s", place, name)
		}
	}
	if operation["requestBody"] == nil {
		return nil
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(bytes.TrimPrefix(sent, []byte("\uFEFF"))))
	if err != nil {
		return err
	}
	return d.valid(value, slices.Concat(at, []string{"requestBody", "content", "application/json", "schema"}))
}

// missing gives what is documented and was not seen.
func (d *document) missing() (all []string) {
	want := func(what ...string) {
		if text := strings.Join(what, " "); d.seen[text] == 0 {
			all = append(all, text)
		}
	}
	reply := func(place ...string) {
		found, at := d.at(place...)
		want(place...)
		headers, _ := found["headers"].(map[string]any)
		for name := range headers {
			want(append(slices.Clone(at), "header", name)...)
		}
	}
	failed := false
	for path, item := range d.root["paths"].(map[string]any) {
		reply("paths", path, "x-other-methods")
		for method, operation := range item.(map[string]any) {
			if method == "x-other-methods" {
				continue
			}
			for status := range operation.(map[string]any)["responses"].(map[string]any) {
				if status == "default" {
					failed = failed || d.seen[strings.Join([]string{"paths", path, method, "responses", status}, " ")] > 0
					continue
				}
				reply("paths", path, method, "responses", status)
			}
			parameters, _ := operation.(map[string]any)["parameters"].([]any)
			for _, p := range parameters {
				parameter, _ := d.at(strings.Split(p.(map[string]any)["$ref"].(string)[2:], "/")...)
				want("paths", path, method, "parameter", parameter["name"].(string))
			}
		}
	}
	reply("x-other-paths")
	if !failed {
		all = append(all, "a failure of ours")
	}
	return slices.Sorted(slices.Values(all))
}

// unused gives the components that nothing refers to.
func (d *document) unused() (all []string) {
	raw, err := os.ReadFile(d.path)
	if err != nil {
		return []string{err.Error()}
	}
	for kind, items := range d.root["components"].(map[string]any) {
		for name := range maps.Keys(items.(map[string]any)) {
			to := fmt.Sprintf("#/components/%s/%s", kind, name)
			if kind != "securitySchemes" && !bytes.Contains(raw, []byte(`"`+to+`"`)) && !bytes.Contains(raw, []byte(to+"/")) {
				all = append(all, to)
			}
		}
	}
	return all
}

// The document says what the service does: each path, method, status, header and
// parameter of it is seen in traffic here, and nothing else is. What else the tests of this
// package see is held to it as well.
func TestOpenAPI(t *testing.T) {
	d := newDocument()
	d.strict = true
	open := func(c serve.Config) *till {
		s := newTill(t, c)
		s.document = d
		return s
	}
	s := open(serve.Config{State: t.TempDir(), Engine: describing{engine}, Supervisor: func(string) (string, bool) { return "", false }})
	get := func(s *till, path string, want int) {
		require.Equal(t, want, s.do(request(http.MethodGet, path, "")).Code, path)
	}
	for _, tt := range []struct {
		event string
		want  int
	}{
		{lost, 200}, {inLane("3", "S-2"), 200}, {event("lookup", 404, "not_found", `"sale":{}`), 200}, {`{"v":2,"sale_id":"S-1"}`, 400}, {`nonsense`, 400},
		{event("lookup", 404, "not_found", `"sale_id":"S-1","event_id":"e1"`), 200}, {event("lookup", 405, "not_found", `"sale_id":"S-1","event_id":"e1"`), 200},
		{`{"v":1,"sale_id":"S-1","action":"call_supervisor"}`, 200}, {`{"v":1,"sale_id":"S-1","action":"settle_taken","pin":"1"}`, 403},
		{`{"v":1,"sale_id":"S-1","exchange":{"operation":"authorization","body":"` + strings.Repeat("x", 1<<20) + `"}}`, 413},
	} {
		require.Equal(t, tt.want, s.post(t, tt.event).status, tt.event)
	}
	own := request(http.MethodPost, "/v1/events", event("lookup", 404, "not_found", `"sale":{}`))
	own.Header.Set("Tillwise-Sale", "own-1")
	require.Equal(t, 200, s.do(own).Code)
	require.NoError(t, s.Choose(t.Context(), serve.Chosen{SaleID: "S-2", Action: plugin.ActCheckStatus}))
	for path, want := range map[string]int{
		"/v1/sales?open=1": 200, "/v1/sales?open=1&lane=3": 200, "/v1/sales": 400, "/v1/sales/S-1": 200, "/v1/sales/S-9": 404, "/v1/sales/S 1": 400,
		"/v1/sales/S-2/actions": 200, "/v1/sales/S-2/actions?after=1&wait_s=0": 200, "/v1/sales/S-2/actions?wait_s=61": 400,
		"/v1/catalogue": 200, "/healthz": 200, "/readyz": 200, "/metrics": 200, "/v1/prompts?lane=a+b": 400, "/": 404, "/v1/none": 404,
	} {
		get(s, strings.ReplaceAll(path, " ", "%20"), want)
	}
	stream := func(s *till, path string) *http.Request {
		gone, leave := context.WithCancel(t.Context())
		leave()
		return request(http.MethodGet, path, "").WithContext(gone)
	}
	require.Equal(t, 200, s.do(stream(s, "/v1/prompts")).Code)
	require.Equal(t, 200, s.do(stream(s, "/v1/prompts?lane=3")).Code)
	plain := request(http.MethodPost, "/v1/events", lost)
	plain.Header.Set("Content-Type", "text/plain")
	require.Equal(t, 415, s.do(plain).Code)

	// Nothing is kept, nobody is known, nothing is well.
	bad := open(serve.Config{Engine: failing{engine, errors.New("it trapped")}})
	require.Equal(t, 200, bad.post(t, lost).status, "the careful card")
	require.Equal(t, 400, bad.post(t, `{"v":1,"sale_id":"S-1","exchange":{"operation":"authorization","amount"`).status)
	require.Equal(t, 413, bad.post(t, strings.Repeat(" ", 1<<20)).status)
	get(bad, "/v1/sales/S-1/actions", 200)
	get(bad, "/readyz", 503)
	get(open(serve.Config{Engine: mute{engine}}), "/v1/catalogue", 503)
	closed, guarded := open(serve.Config{}), open(serve.Config{Token: "a-token-of-this-till"})
	for path, item := range d.root["paths"].(map[string]any) {
		for method := range item.(map[string]any) {
			if method == "x-other-methods" {
				require.Equal(t, 405, s.do(request(http.MethodPut, path, "")).Code)
				continue
			}
			foreign := request(strings.ToUpper(method), path, "")
			foreign.Host = "page.example"
			require.Equal(t, 403, closed.do(foreign).Code, path)
			if path != "/healthz" {
				require.Equal(t, 401, guarded.do(request(strings.ToUpper(method), path, "")).Code, path)
			}
		}
	}
	full := open(serve.Config{})
	for n := range 1000 {
		full.Take(t.Context(), []byte(event("lookup", 404, "not_found", fmt.Sprintf(`"sale_id":"S-1","lane":"l%d"`, n))))
	}
	require.Equal(t, 429, full.post(t, inLane("more", "S-1")).status)
	follow(t, s, 256)
	get(s, "/v1/prompts", 503)
	s.panics.Store(true)
	require.Equal(t, 500, s.do(request(http.MethodPost, "/v1/events", lost)).Code)

	require.Empty(t, d.missing(), "documented, and not seen")
	require.Empty(t, d.unused(), "documented, and not used")
}

// mute is an engine that gives no account of itself.
type mute struct{ native }

func (mute) Describe(context.Context) ([]byte, error) { return nil, errors.New("it trapped") }

// follow has so many follow the cards, until the test ends.
func follow(t *testing.T, s *till, many int) {
	ctx, cancel := context.WithCancel(t.Context())
	var following sync.WaitGroup
	t.Cleanup(func() {
		cancel()
		following.Wait()
	})
	for range many {
		began := make(chan struct{})
		following.Go(func() {
			s.handler.ServeHTTP(&listener{ResponseRecorder: httptest.NewRecorder(), began: began}, request(http.MethodGet, "/v1/prompts", "").WithContext(ctx))
		})
		<-began
	}
}

// listener tells when a stream has begun.
type listener struct {
	*httptest.ResponseRecorder
	began chan struct{}
	once  sync.Once
}

func (l *listener) Write(b []byte) (int, error) {
	l.once.Do(func() { close(l.began) })
	return l.ResponseRecorder.Write(b)
}

// What the document lacks, or has too much of, does not pass.
func TestOpenAPINoticesADifference(t *testing.T) {
	s := newTill(t, serve.Config{})
	tests := []struct {
		name, path string
		spoil      func(d *document, get map[string]any)
		want       string
	}{
		{"nothing", "/v1/sales?open=1", func(*document, map[string]any) {}, ""},
		{"a path", "/v1/sales?open=1", func(d *document, _ map[string]any) { delete(d.root["paths"].(map[string]any), "/v1/sales") }, "no such answer: [x-other-paths]"},
		{"a status", "/v1/sales?open=1", func(_ *document, get map[string]any) { delete(get["responses"].(map[string]any), "200") }, "no such answer"},
		{"a header", "/v1/sales?open=1", func(_ *document, get map[string]any) {
			delete(get["responses"].(map[string]any)["200"].(map[string]any)["headers"].(map[string]any), "Cache-Control")
		}, "has no header Cache-Control"},
		{"a parameter", "/v1/sales?open=1", func(_ *document, get map[string]any) { get["parameters"] = []any{} }, "takes no open"},
		{"another body", "/v1/sales?open=1", func(_ *document, get map[string]any) {
			get["responses"].(map[string]any)["200"].(map[string]any)["content"] = map[string]any{"text/plain": map[string]any{}}
		}, "is not application/json"},
		{"a header that does not come", "/v1/sales?open=1", func(_ *document, get map[string]any) {
			get["responses"].(map[string]any)["200"].(map[string]any)["headers"].(map[string]any)["Etag"] = map[string]any{"required": true}
		}, "lacks the header Etag"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDocument()
			d.strict = true
			get, _ := d.at("paths", "/v1/sales", "get")
			tt.spoil(d, get)
			r, w := request(http.MethodGet, tt.path, ""), httptest.NewRecorder()
			s.handler.ServeHTTP(w, r)
			err := d.check(r, nil, w.Code, w.Header(), w.Body.Bytes())
			if tt.want == "" {
				require.NoError(t, err)
				require.NotEmpty(t, d.missing())
				return
			}
			require.ErrorContains(t, err, tt.want)
		})
	}
}
