// Package cli is a stub of a command line.
package cli

type Context struct{}

type Command struct {
	Name   string
	Action any
}
