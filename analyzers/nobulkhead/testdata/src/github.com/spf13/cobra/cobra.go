// Package cobra is a stub of a command line.
package cobra

import "context"

type Command struct {
	Use  string
	Run  func(cmd *Command, args []string)
	RunE func(cmd *Command, args []string) error
}

func (c *Command) Context() context.Context { return context.Background() }

func (c *Command) Execute() error { return nil }

func (c *Command) AddCommand(cmds ...*Command) {}
