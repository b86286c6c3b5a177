//go:build race

package shift

const raced = true // the walks that were walked a hundred times find no more races
