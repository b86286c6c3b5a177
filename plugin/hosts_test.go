package plugin

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A host is told of each operation that the contract names, and of no other.
func TestOperations(t *testing.T) {
	require.Equal(t, allOperations(), append(Operations(), OpUnknown, OpUnknownRead))
}
