package conformance

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"
)

// maxLine is how long a line of a host's may be: far more than any answer.
const maxLine = 8 << 20

// errGone is of a host from which nothing more can come.
var errGone = errors.New("the host is gone")

// child is the host's process.
type child struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	lines chan string
	limit time.Duration // for one line
	gone  error         // why nothing more comes
}

// startChild starts the command; what it says on its standard error goes to errs. A
// line may take 30 seconds where no limit is said.
func startChild(command []string, dir string, errs io.Writer, limit time.Duration) (*child, error) {
	if limit <= 0 {
		limit = 30 * time.Second
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir, cmd.Stderr, cmd.WaitDelay = dir, errs, limit
	ownGroup(cmd)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting the host: %w", err)
	}
	c := &child{cmd: cmd, in: in, lines: make(chan string, 64), limit: limit}
	go func() {
		defer close(c.lines)
		scanner := bufio.NewScanner(out)
		scanner.Buffer(nil, maxLine)
		for scanner.Scan() {
			c.lines <- scanner.Text()
		}
		_, _ = io.Copy(io.Discard, out) // so that it can end
	}()
	return c, nil
}

// ask sends lines, and gives as many replies. All are sent before the first reply
// is waited for: a host that works on lanes at once can show it.
func (c *child) ask(lines ...[]byte) ([]reply, error) {
	if c.gone != nil {
		return nil, c.gone
	}
	sent := make(chan error, 1)
	go func() {
		w := bufio.NewWriterSize(c.in, 64<<10)
		for _, line := range lines {
			_, _ = w.Write(append(line, '\n'))
		}
		sent <- w.Flush()
	}()
	replies := make([]reply, 0, len(lines))
	timer := time.NewTimer(c.limit)
	defer timer.Stop()
	for range lines {
		timer.Reset(c.limit)
		select {
		case line, ok := <-c.lines:
			if !ok {
				return replies, c.end(fmt.Errorf("%w: it ended, or wrote a line of more than %d bytes, when asked %s", errGone, maxLine, shown(lines[len(replies)])))
			}
			replies = append(replies, reply{asked: lines[len(replies)], line: line})
		case <-timer.C:
			return replies, c.end(fmt.Errorf("%w: it gave no line within %s to %s", errGone, c.limit, shown(lines[len(replies)])))
		}
	}
	if err := <-sent; err != nil {
		return replies, c.end(fmt.Errorf("%w: it takes no more lines: %w", errGone, err))
	}
	return replies, nil
}

// end kills what is left of the host.
func (c *child) end(why error) error {
	if c.gone == nil {
		c.gone = why
		kill(c.cmd)
		_ = c.in.Close()
		for range c.lines {
		}
		_ = c.cmd.Wait()
	}
	return why
}

// close ends the host as it should end: its input is over.
func (c *child) close() error {
	if c.gone != nil {
		return c.gone
	}
	c.gone = errGone
	_ = c.in.Close()
	timer := time.AfterFunc(c.limit, func() { kill(c.cmd) })
	defer timer.Stop()
	extra := 0
	for range c.lines {
		extra++
	}
	err := c.cmd.Wait()
	switch {
	case err != nil:
		return fmt.Errorf("at the end of its input it has to end with 0: %w", err)
	case extra > 0:
		return fmt.Errorf("it wrote %d lines that nobody had asked for", extra)
	}
	return nil
}

// reply is a line of the host's, and the one that it answers.
type reply struct {
	asked []byte
	line  string
}

// text is a reply that is a string: the bytes of an answer.
func (r reply) text() (string, error) {
	var s string
	if err := json.Unmarshal([]byte(r.line), &s); err != nil {
		return "", fmt.Errorf("a string was to come, and this came: %s", shown([]byte(r.line)))
	}
	return s, nil
}

// into reads a reply that is an object.
func (r reply) into(v any) error {
	if err := json.Unmarshal([]byte(r.line), v); err != nil {
		return fmt.Errorf("this came, and cannot be read (%w): %s", err, shown([]byte(r.line)))
	}
	return nil
}

// shown is the start of a text, fit for a terminal.
func shown(b []byte) string {
	const most = 300
	cut := ""
	if len(b) > most {
		b, cut = b[:most], fmt.Sprintf(" … (%d bytes)", len(b))
	}
	return strconv.QuoteToGraphic(string(b)) + cut
}

// tempDir is a folder for the modules that hosts are to open.
func tempDir() (string, error) { return os.MkdirTemp("", "tillwise-conformance-") }
