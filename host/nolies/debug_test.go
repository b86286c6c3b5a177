package nolies

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

func TestDebug(t *testing.T) {
	from, _ := strconv.Atoi(os.Getenv("FROM"))
	for s := from; s < from+6; s++ {
		w := play(script{seed: uint64(s)}, native(), true)
		t.Logf("seed %d breach %v\n%s", s, w.breach, strings.Join(w.story, "\n"))
	}
}
