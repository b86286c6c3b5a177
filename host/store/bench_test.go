package store

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A sale and an answer, of the size that they have on a till.
func change(name string, n int64) []Change {
	return []Change{{name, bytes.Repeat([]byte{byte(n)}, 2000)}, {name + "\x00" + fmt.Sprint(n%8), bytes.Repeat([]byte{byte(n)}, 2500)}}
}

// BenchmarkKeep is what an answer waits for its sale to be on this disk, alone
// and as one of fifty.
func BenchmarkKeep(b *testing.B) {
	for _, lanes := range []int{1, 50} {
		b.Run(fmt.Sprintf("lanes=%d", lanes), func(b *testing.B) {
			s, err := Open(Config{Dir: b.TempDir()})
			require.NoError(b, err)
			defer s.Close(context.Background())
			var n atomic.Int64
			took := make([]time.Duration, b.N)
			b.ResetTimer()
			var all sync.WaitGroup
			for lane := range lanes {
				all.Go(func() {
					for i := n.Add(1) - 1; i < int64(b.N); i = n.Add(1) - 1 {
						began := time.Now()
						if err := s.Keep(change(fmt.Sprint("S-", lane), i)...); err != nil {
							b.Error(err)
						}
						took[i] = time.Since(began)
					}
				})
			}
			all.Wait()
			b.StopTimer()
			reportTimes(b, took)
		})
	}
}

// BenchmarkDisk is what this disk takes for what a transaction asks of it: twice
// some pages, and that they are lasting.
func BenchmarkDisk(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "pages"))
	require.NoError(b, err)
	defer f.Close()
	_, err = f.Write(make([]byte, 1<<20))
	require.NoError(b, err)
	require.NoError(b, f.Sync())
	var took []time.Duration
	for b.Loop() {
		began := time.Now()
		for _, pages := range []int{6, 1} {
			if _, err := f.WriteAt(make([]byte, pages*4096), int64(pages)<<16); err != nil || f.Sync() != nil {
				b.Fatal("the disk does not write")
			}
		}
		took = append(took, time.Since(began))
	}
	reportTimes(b, took)
}

// reportTimes gives what one in two, and all but one in a hundred, took at most.
func reportTimes(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	at := func(share float64) float64 {
		return float64(took[int(share*float64(len(took)-1))]) / float64(time.Millisecond)
	}
	b.ReportMetric(at(0.5), "ms-p50")
	b.ReportMetric(at(0.99), "ms-p99")
}
