package wasm

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
)

//go:embed vectors.jsonl
var vectors []byte

// Vector is a line of vectors.jsonl: an input of tillwise_answer, under default
// settings, and the answer to it.
type Vector struct {
	Name string `json:"name"`
	// Event is the input. A string stands for its text, or for the bytes that
	// follow "base64:" in it: input that may be no JSON.
	Event  json.RawMessage `json:"event"`
	Answer json.RawMessage `json:"answer"`
	Input  []byte          `json:"-"` // what Event stands for
}

// Vectors reads vectors.jsonl. It is not made to be fast.
func Vectors() (all []Vector, err error) {
	for line := range bytes.Lines(vectors) {
		var v Vector
		if err = json.Unmarshal(line, &v); err == nil {
			v.Input, err = inputOf(v.Event)
		}
		if err != nil {
			return nil, fmt.Errorf("reading line %d of the vectors: %w", len(all)+1, err)
		}
		all = append(all, v)
	}
	return all, nil
}

func inputOf(event json.RawMessage) ([]byte, error) {
	var text string
	if json.Unmarshal(event, &text) != nil {
		return event, nil
	}
	if encoded, ok := strings.CutPrefix(text, "base64:"); ok {
		return base64.StdEncoding.DecodeString(encoded)
	}
	return []byte(text), nil
}
