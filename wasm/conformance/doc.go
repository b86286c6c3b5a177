// Package conformance asks a host, in whatever language, whether it runs the module
// as the contract has it: the same answers byte for byte, always a card, and no
// mistake in the handling of instances.
//
// The host is a child process that takes JSON lines; README.md has the protocol.
// What is right is known without it: from the vectors, and from the plugin, which
// runs natively here.
package conformance
