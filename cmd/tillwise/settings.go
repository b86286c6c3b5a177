package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/tillwise/tillwise/host/settings"
)

func newSettingsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "settings",
		Short: "Check a store's settings, show what is in force, and make a PIN's hash",
		Args:  cobra.NoArgs,
		RunE:  help,
	}
	cmd.AddCommand(newSettingsCheckCommand(), newSettingsShowCommand(), newSettingsPINCommand())
	return cmd
}

func newSettingsCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE",
		Short: "Say all that is wrong with a store's settings",
		Long: "Reads a store's settings, in TOML, or in JSON where the name ends in .json, and says all that is wrong with them,\n" +
			"each with its line. Exit 0 when nothing is, 3 when something is, 2 when the file could not be read.",
		Args: exactly(1, "one file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			_, err := settings.Read(args[0])
			if mistakes := (settings.Mistakes{}); errors.As(err, &mistakes) {
				fmt.Fprintln(cmd.OutOrStdout(), mistakes)
				return exit{code: 3}
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: good settings\n", args[0])
			return nil
		},
	}
}

func newSettingsShowCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show [FILE]",
		Short: "Print what is in force, defaults included, as a file in TOML",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := readStore(strings.Join(args, ""))
			if err != nil {
				return err
			}
			_, err = io.WriteString(cmd.OutOrStdout(), s.Show())
			return err
		},
	}
}

func newSettingsPINCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "pin",
		Short: "Ask for a supervisor's PIN, and print what stands for it in the settings",
		Args:  exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			pin, err := askPIN(cmd)
			if err != nil {
				return err
			}
			hash, err := settings.HashPIN(pin)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "[service.supervisors]\nNAME = %q\n", hash)
			return nil
		},
	}
}

// askPIN asks twice on a terminal, which shows none of it, and else reads a line.
func askPIN(cmd *cobra.Command) (string, error) {
	fd := int(os.Stdin.Fd())
	if !term.IsTerminal(fd) {
		line, err := bufio.NewReader(io.LimitReader(cmd.InOrStdin(), 100)).ReadString('\n')
		if err != nil && line == "" {
			return "", errors.New("reading the PIN: there was none on standard input")
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	var said [2]string
	for i, ask := range []string{"The PIN: ", "Once more: "} {
		fmt.Fprint(cmd.ErrOrStderr(), ask)
		typed, err := term.ReadPassword(fd)
		fmt.Fprintln(cmd.ErrOrStderr())
		if err != nil {
			return "", fmt.Errorf("reading the PIN: %w", err)
		}
		said[i] = string(typed)
	}
	if said[0] != said[1] {
		return "", errors.New("the two are not the same: begin again")
	}
	return said[0], nil
}
