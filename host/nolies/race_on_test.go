//go:build race

package nolies

const raceDetector = true
