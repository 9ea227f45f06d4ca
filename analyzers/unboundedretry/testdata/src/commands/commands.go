// Package commands has the commands of a program, and what others call.
package commands

import (
	"log"
	"net/http"
	"time"

	"github.com/spf13/cobra"
	"github.com/urfave/cli"
)

var client = &http.Client{Timeout: 5 * time.Second}

var publish = &cobra.Command{Use: "publish", RunE: runPublish}

var release = cli.Command{Name: "release", Action: runRelease}

// Root returns the command that has the others.
func Root() *cobra.Command {
	root := &cobra.Command{Use: "shop"}
	root.AddCommand(publish, &cobra.Command{Use: "load", Run: func(cmd *cobra.Command, args []string) { load(args[0]) }})
	return root
}

func runPublish(cmd *cobra.Command, args []string) error { return once(args[0]) }

func runRelease(ctx *cli.Context) error { return again("http://catalog/release") }

// once is called by a command alone.
func once(url string) (err error) {
	for range 10 {
		if err = post(url); err == nil {
			return nil
		}
		time.Sleep(2 * time.Second)
	}
	return err
}

// again is called by a command of another library alone.
func again(url string) error {
	for {
		err := post(url)
		if err == nil {
			return nil
		}
		log.Print(err)
		time.Sleep(3 * time.Second)
	}
}

// load is called by a literal that is a command.
func load(url string) {
	for {
		if err := post(url); err == nil {
			return
		}
		time.Sleep(time.Second)
	}
}

// Handle is called by others.
func Handle(w http.ResponseWriter, r *http.Request) { shared("http://catalog/albums") }

// share is a command, and what others call.
var share = &cobra.Command{Use: "share", Run: func(cmd *cobra.Command, args []string) { shared(args[0]) }}

// shared is called by a command and by a handler.
func shared(url string) (err error) {
	for range 10 { // want `again every 2s`
		if err = post(url); err == nil {
			return nil
		}
		time.Sleep(2 * time.Second)
	}
	return err
}

// Hook is what a command runs, and what somebody else is given.
var Hook = runHook

var hook = &cobra.Command{Use: "hook", RunE: runHook}

func runHook(cmd *cobra.Command, args []string) (err error) {
	for range 10 { // want `again every 2s`
		if err = post(args[0]); err == nil {
			return nil
		}
		time.Sleep(2 * time.Second)
	}
	return err
}

// Sync may be called by any package.
func Sync(url string) (err error) {
	for range 10 { // want `again every 2s`
		if err = post(url); err == nil {
			return nil
		}
		time.Sleep(2 * time.Second)
	}
	return err
}

func post(url string) error {
	resp, err := client.Post(url, "text/plain", nil)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
