package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// atLeastOne asks for one argument or more of that name.
func (a *app) atLeastOne(name string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return a.usage(cmd, fmt.Sprintf(a.words("缺少 %s", "%s is missing"), name))
		}
		return nil
	}
}

// exactlyOne asks for one argument of that name.
func (a *app) exactlyOne(name string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != 1 {
			return a.usage(cmd, fmt.Sprintf(a.words("要一个 %s，给了 %d 个", "one %s is wanted, not %d"), name, len(args)))
		}
		return nil
	}
}

// none asks for no arguments.
func (a *app) none(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return a.usage(cmd, fmt.Sprintf(a.words("不认识 %q", "%q is not understood"), args[0]))
	}
	return nil
}

// usage is the error of a command line that cannot be obeyed.
func (a *app) usage(cmd *cobra.Command, message string) error {
	return fmt.Errorf(a.words("%s：%s\n用法见 %s --help", "%s: %s\nsee %s --help"), cmd.Name(), message, cmd.CommandPath())
}
