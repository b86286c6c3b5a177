// Command seal finishes the module that Go's compiler made of the guest.
//
// What Go writes for WASI imports ten functions, so that an engine has to bring
// WASI along to run it. The plugin needs none of them. Sealing puts a stub in
// the place of each, and what is left runs in any engine with an empty import
// object: no file, clock or network is within its reach, because there is
// nothing that it could call.
//
//	seal RAW SEALED
//
// The same input gives the same bytes. It relies on how Go 1.26 lays out a
// module; tests compare raw, sealed and native answers, so that a toolchain
// that does it otherwise is found out.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "seal: needs two files: seal RAW SEALED")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "seal:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	raw, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	sealed, err := finish(raw)
	if err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	return os.WriteFile(to, sealed, 0o644)
}

func finish(raw []byte) ([]byte, error) {
	all, err := split(raw)
	if err != nil {
		return nil, err
	}
	if all, err = seal(all); err != nil {
		return nil, err
	}
	if all, err = shrink(all); err != nil {
		return nil, err
	}
	return join(all), nil
}
