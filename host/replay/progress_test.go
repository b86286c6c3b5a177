package replay

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestProgress(t *testing.T) {
	tests := []struct {
		name    string
		watched bool
		step    time.Duration
		want    string
	}{
		{"nobody watches", false, 31 * time.Second, "replay: 3100 lines, 25 %, 100 a second, 1m33s left\n"},
		{"nobody watches, too soon", false, time.Second, ""},
		{"somebody watches", true, time.Second, "\rreplay: 3100 lines, 25 %, 3100 a second, 3s left\x1b[K\r\x1b[K"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			clock := time.UnixMilli(0)
			progress, done := ProgressTo(&out, tt.watched, func() time.Time { return clock })
			clock = clock.Add(tt.step)
			progress(Progress{Lines: 3100, Bytes: 25, Total: 100})
			progress(Progress{Lines: 3200, Bytes: 26, Total: 100})
			done()
			require.Equal(t, tt.want, out.String())
		})
	}
}
