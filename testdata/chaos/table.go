package main

import (
	"fmt"
	"strings"
	"time"
)

// table writes an experiment down, one column for each state.
func table(r report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s: %s\n  hypothesis: %s\n", r.Name, r.Fault, r.Hypothesis)
	row := func(name string, cell func(result) string) {
		fmt.Fprintf(&b, "  %-38s", name)
		for _, result := range r.Results {
			fmt.Fprintf(&b, " %12s", cell(result))
		}
		b.WriteString("\n")
	}
	number := func(name string, of func(result) int) {
		row(name, func(r result) string { return fmt.Sprint(of(r)) })
	}
	row("", func(r result) string { return r.State })
	row("hypothesis", func(r result) string { return verdict(r.Holds) })
	row("confirmed during the fault", func(r result) string { return fmt.Sprintf("%.0f%%", 100*r.Available) })
	row("answered after, p50", func(r result) string { return fmt.Sprintf("%.2f s", r.P50) })
	row("answered after, p99", func(r result) string { return fmt.Sprintf("%.2f s", r.P99) })
	row("requests to the dependency, per order", func(r result) string { return fmt.Sprintf("%.1f", r.Requests) })
	number("goroutines of Order, at most", func(r result) int { return r.Goroutines })
	row("orders", func(r result) string { return fmt.Sprint(r.Orders) })
	number("  lost", func(r result) int { return r.Lost })
	number("  charged twice", func(r result) int { return r.Charged })
	number("  shipped twice", func(r result) int { return r.Shipped })
	number("  mailed twice", func(r result) int { return r.Mailed })
	number("  not mailed", func(r result) int { return r.MailsMissed })
	row("orders fail after the fault, for", func(r result) string {
		if r.RecoverSeconds < 0 {
			return fmt.Sprintf("> %.0f s", (after - time.Second).Seconds())
		}
		return fmt.Sprintf("%.1f s", r.RecoverSeconds)
	})
	for _, result := range r.Results {
		if !result.Steady {
			fmt.Fprintf(&b, "  %s was not steady before the fault: this experiment says nothing about it\n", result.State)
		}
	}
	return b.String()
}

func verdict(holds bool) string {
	if holds {
		return "holds"
	}
	return "FAILS"
}

// summary says of all experiments whether their hypotheses hold.
func summary(reports []report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%-20s", "")
	for _, r := range reports[0].Results {
		fmt.Fprintf(&b, " %12s", r.State)
	}
	b.WriteString("\n")
	for _, r := range reports {
		fmt.Fprintf(&b, "%-20s", r.Name)
		for _, result := range r.Results {
			fmt.Fprintf(&b, " %12s", verdict(result.Holds))
		}
		b.WriteString("\n")
	}
	return b.String()
}
