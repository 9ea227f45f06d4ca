// Command ratios reads the output of this module's benchmarks, of as many rounds as there are, and
// prints a table in Markdown: medians, and how many times the first of a group the others take.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
)

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "ratios:", err)
		os.Exit(1)
	}
}

// line is a contender of a group, with what each round measured, by unit.
type line struct {
	group, name string
	one, many   map[string][]float64
}

func run(in io.Reader, out io.Writer) error {
	lines, err := parse(in)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "| | ns, one goroutine | ns, many | times ours | B | allocations |")
	fmt.Fprintln(out, "|---|--:|--:|--:|--:|--:|")
	var first *line
	for _, l := range lines {
		ratio := "" // of the floor there is no first
		if first == nil || first.group != l.group {
			first = l
			fmt.Fprintf(out, "| **%s** | | | | | |\n", l.group)
		} else if l.group != "Floor" {
			ratio = digits(ns(l.one)/ns(first.one)) + ", " + digits(ns(l.many)/ns(first.many))
		}
		fmt.Fprintf(out, "| %s | %s | %s | %s | %.0f | %.0f |\n", l.name, digits(ns(l.one)), digits(ns(l.many)), ratio,
			median(l.one["B/op"]), median(l.one["allocs/op"]))
	}
	return nil
}

// parse returns the lines in the order of their first appearance.
func parse(in io.Reader) ([]*line, error) {
	var lines []*line
	s := bufio.NewScanner(in)
	for s.Scan() {
		fields := strings.Fields(s.Text())
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		parts := strings.Split(fields[0], "/")
		if len(parts) != 3 {
			return nil, fmt.Errorf("%q is not group/contender/goroutines", fields[0])
		}
		l := &line{
			group: strings.TrimPrefix(parts[0], "Benchmark"),
			name:  strings.NewReplacer("_", " ", "∕", "/").Replace(parts[1]),
			one:   make(map[string][]float64), many: make(map[string][]float64),
		}
		if i := slices.IndexFunc(lines, func(o *line) bool { return o.group == l.group && o.name == l.name }); i >= 0 {
			l = lines[i]
		} else {
			lines = append(lines, l)
		}
		values := l.one
		if strings.HasPrefix(parts[2], "many") {
			values = l.many
		}
		for i := 2; i+1 < len(fields); i += 2 { // after the name and the number of runs
			v, err := strconv.ParseFloat(fields[i], 64)
			if err != nil {
				return nil, err
			}
			values[fields[i+1]] = append(values[fields[i+1]], v)
		}
	}
	return lines, s.Err()
}

// ns is the median of the processor time.
func ns(values map[string][]float64) float64 { return median(values["cpu-ns/op"]) }

func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	v = slices.Sorted(slices.Values(v))
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}

// digits rounds to what is worth printing.
func digits(v float64) string {
	switch {
	case v < 1:
		return fmt.Sprintf("%.2f", v)
	case v < 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.0f", v)
}
