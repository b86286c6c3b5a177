//go:build unix && !linux

package crash

import "testing"

func smallDisk(t *testing.T, _ string) { t.Skip("a small disk is made on Linux only") }

func fill(*testing.T, string) (free func()) { return func() {} }
