package importer

import (
	"encoding/json"
	"errors"
	"io"
)

// walker reads JSON piece by piece, so that what nobody asks for is passed
// over without being held.
type walker struct{ *json.Decoder }

// maxDepth is encoding/json's own: its Decoder keeps an entry for each level
// that is open, and a file may hold millions of brackets.
const maxDepth = 10000

var errTooDeep = errors.New("nested too deep")

func newWalker(in io.Reader) walker {
	d := json.NewDecoder(in)
	d.UseNumber()
	return walker{d}
}

// members reads an object and calls f where the value of each member begins;
// f must read it. It says whether there was an object; another value is passed over.
func (w walker) members(f func(name string) error) (object bool, err error) {
	t, err := w.Token()
	if err != nil || t != json.Delim('{') {
		return false, errors.Join(err, w.rest(t))
	}
	return true, w.object(f)
}

// object is members of an object that has begun.
func (w walker) object(f func(name string) error) error {
	return w.until(func() error {
		name, err := w.Token()
		if err != nil {
			return err
		}
		return f(name.(string)) // the decoder takes no other key
	})
}

// elements is members of a list.
func (w walker) elements(f func() error) (list bool, err error) {
	t, err := w.Token()
	if err != nil || t != json.Delim('[') {
		return false, errors.Join(err, w.rest(t))
	}
	return true, w.until(f)
}

// until calls f until what has begun ends.
func (w walker) until(f func() error) error {
	for w.More() {
		if err := f(); err != nil {
			return err
		}
	}
	_, err := w.Token()
	return err
}

// scalar reads a string or a number as text; another value is passed over, and
// is no text.
func (w walker) scalar() (text string, there bool, err error) {
	t, err := w.Token()
	if err != nil {
		return "", false, err
	}
	switch t := t.(type) {
	case string:
		return t, true, nil
	case json.Number:
		return t.String(), true, nil
	}
	return "", false, w.rest(t)
}

// into reads a scalar to where it belongs.
func (w walker) into(to *string) error {
	text, _, err := w.scalar()
	*to = text
	return err
}

// pass passes over the next value.
func (w walker) pass() error {
	t, err := w.Token()
	if err != nil {
		return err
	}
	return w.rest(t)
}

// rest passes over what remains of the value that begins with t.
func (w walker) rest(t json.Token) error {
	if t != json.Delim('{') && t != json.Delim('[') {
		return nil
	}
	for depth := 1; depth > 0; {
		t, err := w.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			if depth++; depth > maxDepth {
				return errTooDeep
			}
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil
}
