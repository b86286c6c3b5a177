package journal

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	crashDir    = "TILLWISE_TEST_CRASH_DIR"
	fullDiskDir = "TILLWISE_TEST_FULL_DISK_DIR"
)

// TestMain is the writer to be killed, or to meet a full disk, when a test starts it as a child.
func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		writeUntilKilled(dir)
	} else if dir := os.Getenv(fullDiskDir); dir != "" {
		fillDisk(dir)
	} else {
		os.Exit(m.Run())
	}
}

func writeUntilKilled(dir string) {
	w := New(Config{Dir: dir, Store: "0412", Module: moduleA, MaxSize: 8000})
	if err := w.Ready(); err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	for n := int(w.seq); ; {
		var some []Entry
		for range 1 + n%4 {
			some = append(some, entry(n+len(some)))
		}
		if err := w.Append(some...); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		n += len(some)
		fmt.Println(n)
	}
}

func TestKilledWriterLosesNothing(t *testing.T) {
	runs := 200
	if testing.Short() {
		runs = 20
	}
	dir := t.TempDir()
	random := rand.New(rand.NewPCG(1, 2))
	for range runs {
		acknowledged := killedRun(t, dir, 1+random.IntN(12))
		records, _ := read(t, dir) // a torn tail may stand there until the next run
		require.GreaterOrEqual(t, len(records), acknowledged)
		for n, record := range records {
			if want := string(entry(int(n) - 1).Record); record != want {
				require.Equal(t, want, record)
			}
		}
	}
	w := New(Config{Dir: dir, Store: "0412", Module: moduleA})
	require.NoError(t, w.Ready())
	require.NoError(t, w.Close())
	reports, err := Check(dir)
	require.NoError(t, err)
	require.True(t, reports[0].Sound(), "%+v", reports[0])
}

// killedRun starts a writer, kills it after it acknowledged some records, and
// gives the last number that it acknowledged.
func killedRun(t *testing.T, dir string, records int) int {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashDir+"="+dir)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	last, count := 0, 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		n, err := strconv.Atoi(lines.Text())
		require.NoError(t, err, "the writer said: %s", lines.Text())
		last = n
		if count++; count == records {
			require.NoError(t, cmd.Process.Kill())
		}
	}
	require.Error(t, cmd.Wait())
	return last
}
