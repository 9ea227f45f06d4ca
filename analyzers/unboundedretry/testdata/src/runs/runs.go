// Package runs attempts again what runs a program, or sends what it should run to a server.
package runs

import (
	"context"
	"net/http"
	"os/exec"
	"strings"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

// A Shell runs a program.
type Shell func(ctx context.Context, name string, args ...string) error

// Local runs it on this machine.
func Local(dir string) Shell {
	return func(ctx context.Context, name string, args ...string) error {
		cmd := exec.CommandContext(ctx, name, args...)
		cmd.Dir = dir
		return cmd.Run()
	}
}

// An Execer runs a program in a container: others choose how.
type Execer func(ctx context.Context, container string, args ...string) error

// Contained is one.
func Contained(ctx context.Context, container string, args ...string) error {
	return exec.CommandContext(ctx, "docker", append([]string{"exec", container}, args...)...).Run()
}

// Reload is given one.
func Reload(ctx context.Context, execer Execer) (err error) {
	for range 8 {
		if err = execer(ctx, "proxy", "reload"); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}

// A Job does anything.
type Job func(ctx context.Context, id int) error

// Restart is no more one than any other function.
func Restart(ctx context.Context, id int) error { return exec.CommandContext(ctx, "restart").Run() }

// Work is given one.
func Work(ctx context.Context, job Job) (err error) {
	for range 8 { // want `job is called again every 100ms`
		if err = job(ctx, 1); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}

// An Agent runs a program, too, on this machine or another.
type Agent func(ctx context.Context, name string, args ...string) error

// Here runs it.
func Here() Agent {
	return func(ctx context.Context, name string, args ...string) error {
		return exec.CommandContext(ctx, name, args...).Run()
	}
}

// There sends it.
func There(url string) Agent {
	return func(ctx context.Context, name string, args ...string) error {
		resp, err := client.Post(url+name, "text/plain", strings.NewReader(strings.Join(args, " ")))
		if err != nil {
			return err
		}
		return resp.Body.Close()
	}
}

// A Runner is an interface to a program.
type Runner interface {
	Output(ctx context.Context, name string) (string, error)
}

type local struct{ dir string }

func (l *local) Output(ctx context.Context, name string) (string, error) {
	cmd := exec.CommandContext(ctx, name)
	cmd.Dir = l.dir
	out, err := cmd.Output()
	return string(out), err
}

type reloader struct {
	shell  Shell
	agent  Agent
	field  func(ctx context.Context, name string) error
	other  func(ctx context.Context, name string) error
	runner Runner
}

// New has a field that it fills itself, and one that others do.
func New(shell Shell, agent Agent, other func(context.Context, string) error) *reloader {
	return &reloader{shell: shell, agent: agent, field: reload, other: other}
}

func reload(ctx context.Context, name string) error {
	return exec.CommandContext(ctx, name, "reload").Run()
}

func (r *reloader) Shell(ctx context.Context) (err error) {
	for range 8 {
		if err = r.shell(ctx, "proxy", "reload"); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}

func (r *reloader) Agent(ctx context.Context) (err error) {
	for range 8 { // want `agent is called again every 100ms`
		if err = r.agent(ctx, "proxy", "reload"); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}

func (r *reloader) Field(ctx context.Context) (err error) {
	for range 8 {
		if err = r.field(ctx, "proxy"); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}

func (r *reloader) Other(ctx context.Context) (err error) {
	for range 8 { // want `other is called again every 100ms`
		if err = r.other(ctx, "proxy"); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}

func (r *reloader) Runner(ctx context.Context) (out string, err error) {
	for range 8 {
		if out, err = r.runner.Output(ctx, "proxy"); err == nil {
			return out, nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return "", err
}
