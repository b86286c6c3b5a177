//go:build sdk

package conformance

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkStart takes the time from the start of a process to its first card.
func BenchmarkStart(b *testing.B) {
	for _, name := range hosts {
		b.Run(name, func(b *testing.B) {
			m := built(b, name)
			kit := Kit{Command: m.Run, Dir: m.dir, Errors: b.Output()}
			b.ResetTimer()
			for range b.N {
				_, err := kit.Start()
				require.NoError(b, err)
			}
		})
	}
}

// BenchmarkCard takes the time of a card on one lane, its two lines included. Lines
// are sent as fast as the host takes them.
func BenchmarkCard(b *testing.B) {
	for _, name := range hosts {
		b.Run(name, func(b *testing.B) {
			m := built(b, name)
			kit := Kit{Command: m.Run, Dir: m.dir, Errors: b.Output()}
			c, err := kit.warm()
			require.NoError(b, err)
			defer func() { _ = c.end(errGone) }()
			b.ResetTimer()
			require.NoError(b, c.cards(b.N))
		})
	}
}
