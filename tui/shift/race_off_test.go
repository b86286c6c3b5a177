//go:build !race

package shift

const raced = false
