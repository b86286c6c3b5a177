package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

func newDecideCommand() *cobra.Command {
	var store string
	cmd := &cobra.Command{
		Use:   "decide",
		Short: "Answer events from standard input, one JSON line each",
		Long: "Reads events from standard input, one in JSON on each line, and writes their answers to standard output, line for\n" +
			"line. A line that is no good event gets {\"error\":…} in its place, and then the exit code is 1 at the end.\n" +
			"Each line is a sale of its own unless it brings its sale along.",
		Example: `  echo '{"v":1,"exchange":{"operation":"verify","status":409,"body":"{\"error\":\"tries_exceed\"}"}}' | tillwise decide`,
		Args:    exactly(0, "no arguments: events come from standard input"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			engine, err := openEngine(cmd.Context(), store)
			if err != nil {
				return err
			}
			defer engine.Close(context.WithoutCancel(cmd.Context()))
			bad, err := decideLines(cmd.Context(), engine, cmd.InOrStdin(), cmd.OutOrStdout())
			if err == nil && bad > 0 {
				err = exit{1, fmt.Errorf("lines with an error in place of an answer: %d", bad)}
			}
			return err
		},
	}
	cmd.Flags().StringVar(&store, storeFlag, "", storeUsage)
	return cmd
}

// decideLines answers line for line, and counts the bad ones. What was read is
// answered before more is waited for, so that a program can ask and listen in turn.
func decideLines(ctx context.Context, engine *host.Engine, in io.Reader, out io.Writer) (bad int, err error) {
	lines, answers := bufio.NewReaderSize(in, 64<<10), bufio.NewWriter(out)
	for {
		line, err := readLine(lines)
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			} else {
				err = fmt.Errorf("reading events: %w", err)
			}
			return bad, errors.Join(err, flush(answers))
		}
		answer, err := engine.AnswerJSON(ctx, line)
		if err != nil {
			return bad, errors.Join(fmt.Errorf("asking the module: %w", err), flush(answers))
		}
		if isError(answer) {
			bad++
		}
		answers.Write(answer)
		answers.WriteByte('\n')
		if lines.Buffered() == 0 {
			if err := flush(answers); err != nil {
				return bad, err
			}
		}
	}
}

func flush(w *bufio.Writer) error {
	if err := w.Flush(); err != nil {
		return fmt.Errorf("writing answers: %w", err)
	}
	return nil
}

// readLine gives one line without its end. Of a line beyond what an event may
// have it gives one byte more than that, which is enough for the module to say so.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		if room := plugin.MaxInput + 2 - len(line); len(part) > 0 {
			line = append(line, part[:min(len(part), room)]...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(line) > 0:
			return line, nil
		case err != nil:
			return nil, err
		}
		if n := len(line); line[n-1] == '\n' {
			line = line[:n-1]
		}
		return line, nil
	}
}

// isError says whether the module's answer is {"error":…}.
func isError(answer []byte) bool {
	const start = `{"error":`
	return len(answer) > len(start) && string(answer[:len(start)]) == start
}
