package host

import (
	"runtime"
	"time"
)

// Config says which module an Engine runs, with which settings, and within
// which limits. The zero value runs the embedded module with default settings,
// as a till does.
type Config struct {
	// Module is the module to run; nil is the embedded one. One that fails its
	// checks is not run: the engine goes back to the embedded one, and Fallback
	// says why.
	Module []byte
	// SHA256 is the hash that Module must have, in hexadecimal. Required with Module.
	SHA256 string
	// Settings are {"policy":{…},"texts":{…}} as JSON; nil is the defaults.
	Settings []byte
	// Compiled asks for wazero's compiler, where the processor has one: a
	// second to start, and then many times faster. It is for work in bulk, and
	// knows no deadline: a module that never returns hangs its caller.
	Compiled bool

	Instances   int           // how many calls can run at once; 0: one for each processor, at most 4
	Deadline    time.Duration // for one call, waiting for an instance included; 0: 2 seconds. Loading may take ten times that
	MemoryPages uint32        // of 64 KiB, for one instance; 0: 256, half as much again as the embedded module was seen to take
	Calls       int           // after which an instance is replaced; 0: 10,000

	interruptible bool // compiled code that knows the deadline all the same: Compile's
}

func (c Config) withDefaults() Config {
	if c.Instances <= 0 {
		c.Instances = min(runtime.GOMAXPROCS(0), 4)
	}
	if c.Deadline <= 0 {
		c.Deadline = 2 * time.Second
	}
	if c.MemoryPages == 0 {
		c.MemoryPages = 256
	}
	if c.Calls <= 0 {
		c.Calls = 10_000
	}
	return c
}
