// Command chaos puts MusicCorp through the failures that it will meet, in three states at the same time
// and under the same load: as its team wrote it, after resilint -fix -unsafe-fixes, and with
// musiccorp.patch on top. See docs/musiccorp.md.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"syscall"
	"time"
)

// states are the folders that states.sh makes, and what they are called in the table.
var states = []struct{ dir, title string }{
	{"before", "before"}, {"fixed", "after -fix"}, {"patched", "and patch"},
}

// A report is an experiment and its results, one for each state.
type report struct {
	experiment
	Results []result `json:"results"`
}

func main() {
	only := flag.String("run", ".", "run only the experiments whose names match the `regexp`")
	jsonFile := flag.String("json", "", "write the results to a `file`, too")
	svgFile := flag.String("svg", "", "draw the results into a `file`, too")
	keep := flag.Bool("keep", false, "keep the folder with the programs, their logs and databases")
	flag.Parse()
	reports, err := run(*only, *keep)
	if err == nil && *jsonFile != "" {
		err = writeJSON(*jsonFile, reports)
	}
	if err == nil && *svgFile != "" {
		err = os.WriteFile(*svgFile, []byte(draw(reports)), 0o666)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "chaos:", err)
		os.Exit(2)
	}
	for _, r := range reports {
		if !r.Results[len(r.Results)-1].Holds {
			os.Exit(1)
		}
	}
}

func writeJSON(name string, reports []report) error {
	data, err := json.MarshalIndent(reports, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(data, '\n'), 0o666)
}

func run(only string, keep bool) (reports []report, err error) {
	match, err := regexp.Compile(only)
	if err != nil {
		return nil, err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	dir, err := os.MkdirTemp("", "chaos")
	if err != nil {
		return nil, err
	}
	if keep {
		fmt.Fprintln(os.Stderr, "programs, logs and databases are in", dir)
	} else {
		defer os.RemoveAll(dir)
	}
	begun := time.Now()
	if err := build(ctx, dir); err != nil {
		return nil, err
	}
	fmt.Printf("built in %.0f s; %d orders a second in each state\n", time.Since(begun).Seconds(), rate)
	fmt.Println("steady state:", steady)

	var systems []*system
	defer func() {
		for _, s := range systems {
			s.stop()
		}
	}()
	for _, state := range states {
		at := filepath.Join(dir, state.dir)
		s, err := start(state.title, at, filepath.Join(at, "bin"), filepath.Join(dir, "before", "bin"))
		if s != nil {
			systems = append(systems, s)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, e := range experiments {
		if !match.MatchString(e.Name) {
			continue
		}
		if ctx.Err() != nil {
			return nil, errors.New("interrupted")
		}
		results, err := e.run(systems)
		if err != nil {
			return nil, err
		}
		reports = append(reports, report{e, results})
		fmt.Print(table(reports[len(reports)-1]))
	}
	if len(reports) == 0 {
		return nil, fmt.Errorf("no experiment matches %q", only)
	}
	fmt.Print(summary(reports))
	fmt.Printf("took %.0f s\n", time.Since(begun).Seconds())
	return reports, nil
}

// build makes the three states in a folder, and their programs.
func build(ctx context.Context, dir string) error {
	command := func(in, name string, args ...string) error {
		cmd := exec.CommandContext(ctx, name, args...)
		cmd.Dir = in
		cmd.Env = append(os.Environ(), "GOWORK=off")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s %v: %w\n%s", name, args, err, out)
		}
		return nil
	}
	if err := command(".", "../states.sh", dir); err != nil {
		return err
	}
	for i, state := range states {
		args := []string{"build", "-ldflags=-s -w", "-o", "bin" + string(filepath.Separator)}
		for _, service := range services {
			if i == 0 || !outside[service] {
				args = append(args, "./cmd/"+service)
			}
		}
		if err := command(filepath.Join(dir, state.dir), "go", args...); err != nil {
			return err
		}
	}
	return nil
}
