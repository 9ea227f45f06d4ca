//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// print prints the tables of docs/benchmarks.md: medians.
func (b *bench) print(repos []repository) {
	head, line := "| |", "|---|"
	for _, repo := range repos {
		packages, lines := b.size(repo)
		head += fmt.Sprintf(" %s %s, %d packages, %d,000 lines |", repo.name, repo.version, packages, lines/1000)
		line += "---|"
	}
	fmt.Printf("\n%s\n%s\n", head, line)
	for _, row := range b.allRows(repositories[0]) {
		cells := ""
		for _, repo := range repos {
			cell := " |"
			if r, n := b.median(repo, row.name); n > 0 {
				cell = fmt.Sprintf(" %.1f s, %.1f s, %.0f MB |", r.Wall, r.CPU, r.Peak)
			}
			cells += cell
		}
		fmt.Printf("| %s |%s\n", row.name, cells)
	}
	b.compare(repos)
}

// compare prints how the processor seconds of resilint compare with those of others.
func (b *bench) compare(repos []repository) {
	fmt.Print("\n| processor seconds of | by those of |")
	for _, repo := range repos {
		fmt.Printf(" %s |", repo.name)
	}
	fmt.Println("\n|---|---|" + strings.Repeat("---|", len(repos)))
	for _, pair := range [][2]string{
		{"resilint, nothing analyzed yet", "go vet, warm"},
		{"resilint, after an edit", "go vet, warm"},
		{"resilint, unchanged", "go vet, warm"},
		{"resilint, nothing analyzed yet", "golangci-lint, noctx, cold"},
		{"go vet -vettool=resilint, cold", "go vet, cold"},
		{"go vet -vettool=resilint, warm", "go vet, warm"},
	} {
		fmt.Printf("| %s | %s |", pair[0], pair[1])
		for _, repo := range repos {
			x, n := b.median(repo, pair[0])
			y, m := b.median(repo, pair[1])
			if n == 0 || m == 0 {
				fmt.Print(" |")
				continue
			}
			fmt.Printf(" %.2f |", x.CPU/y.CPU)
		}
		fmt.Println()
	}
}

// median returns the medians of a row, and of how many measurements.
func (b *bench) median(repo repository, row string) (result, int) {
	var wall, cpu, peak []float64
	for _, r := range b.results {
		if r.Repo == repo.name && r.Row == row {
			wall, cpu, peak = append(wall, r.Wall), append(cpu, r.CPU), append(peak, r.Peak)
		}
	}
	return result{Wall: middle(wall), CPU: middle(cpu), Peak: middle(peak)}, len(wall)
}

func middle(numbers []float64) float64 {
	if len(numbers) == 0 {
		return 0
	}
	slices.Sort(numbers)
	n := len(numbers)
	return (numbers[(n-1)/2] + numbers[n/2]) / 2
}

// size counts packages, and lines of Go files that are no tests.
func (b *bench) size(repo repository) (packages, lines int) {
	out, err := b.run(b.src(repo), "go", "list", "-f", `{{.Dir}}{{range .GoFiles}} {{.}}{{end}}`, "./...")
	if err != nil {
		return 0, 0
	}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		packages++
		for _, name := range words[1:] {
			if text, err := os.ReadFile(filepath.Join(words[0], name)); err == nil {
				lines += bytes.Count(text, []byte("\n"))
			}
		}
	}
	return packages, lines
}
