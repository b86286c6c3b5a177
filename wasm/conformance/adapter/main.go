// Command adapter is the Go host as the conformance kit asks it: JSON lines in,
// JSON lines out.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/tillwise/tillwise/wasm/conformance/adapter/lines"
)

func main() {
	compiled := len(os.Args) > 1 && os.Args[1] == "--compiled"
	if err := lines.Serve(context.Background(), compiled, os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "adapter:", err)
		os.Exit(1)
	}
}
