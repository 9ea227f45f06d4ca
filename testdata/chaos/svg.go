package main

import (
	"fmt"
	"strings"
	"time"
)

// Sizes of the picture, in pixels.
const (
	panelWidth, panelHeight = 300, 90
	gapX, gapY              = 40, 50
	marginX, marginY        = 50, 75
	perRow                  = 2
)

var colours = []string{"#c0392b", "#2471a3", "#1e8449"}

// draw draws the share of confirmed orders over time, a panel for each experiment and a line for each state.
func draw(reports []report) string {
	rows := (len(reports) + perRow - 1) / perRow
	width := 2*marginX + perRow*panelWidth + (perRow-1)*gapX
	height := marginY + rows*(panelHeight+gapY)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11">`+"\n",
		width, height, width, height)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="white"/>`+"\n", width, height)
	x := marginX
	for i, r := range reports[0].Results {
		fmt.Fprintf(&b, `<path d="M%d 20h20" stroke="%s" stroke-width="2.5"/><text x="%d" y="24">%s</text>`+"\n", x, colours[i], x+26, r.State)
		x += 110
	}
	fmt.Fprintf(&b, `<text x="%d" y="42" fill="#666">share of orders confirmed, by the second they were placed in; grey: the fault</text>`+"\n", marginX)
	for i, r := range reports {
		left := marginX + i%perRow*(panelWidth+gapX)
		top := marginY + i/perRow*(panelHeight+gapY)
		panel(&b, r, left, top)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func panel(b *strings.Builder, r report, left, top int) {
	seconds := float64((calm + sick + after) / time.Second)
	x := func(second float64) float64 { return float64(left) + second/seconds*panelWidth }
	y := func(share float64) float64 { return float64(top) + (1-share)*panelHeight }
	fmt.Fprintf(b, `<text x="%d" y="%d" font-weight="bold">%s</text>`+"\n", left, top-8, r.Name)
	fmt.Fprintf(b, `<text x="%d" y="%d" fill="#666" text-anchor="end">%s</text>`+"\n", left+panelWidth, top-8, harm(r.Results))
	fmt.Fprintf(b, `<rect x="%.0f" y="%d" width="%.0f" height="%d" fill="#eee"/>`+"\n",
		x(calm.Seconds()), top, x(sick.Seconds())-x(0), panelHeight)
	for _, share := range []float64{0, 0.5, 1} {
		fmt.Fprintf(b, `<path d="M%d %.0fh%d" stroke="#ccc"/><text x="%d" y="%.0f" text-anchor="end" fill="#666">%.0f%%</text>`+"\n",
			left, y(share), panelWidth, left-4, y(share)+4, 100*share)
	}
	for i, result := range r.Results {
		var path strings.Builder
		for second, share := range result.Series {
			// Lines that coincide lie beside each other.
			fmt.Fprintf(&path, "%s%.1f %.1f", map[bool]string{true: "M", false: "L"}[second == 0], x(float64(second)+0.5), y(share)+float64(2*i-2))
		}
		fmt.Fprintf(b, `<path d="%s" fill="none" stroke="%s" stroke-width="2"/>`+"\n", &path, colours[i])
	}
}

// harm says what has gone wrong with orders in one of the states, of all of them in their order: the picture
// of what customers saw does not show it.
func harm(results []result) string {
	var parts []string
	for _, kind := range []struct {
		name string
		of   func(result) int
	}{
		{"lost", func(r result) int { return r.Lost }},
		{"charged twice", func(r result) int { return r.Charged }},
		{"shipped twice", func(r result) int { return r.Shipped }},
		{"mailed twice", func(r result) int { return r.Mailed }},
		{"not mailed", func(r result) int { return r.MailsMissed }},
	} {
		var counts []string
		sum := 0
		for _, r := range results {
			counts = append(counts, fmt.Sprint(kind.of(r)))
			sum += kind.of(r)
		}
		if sum > 0 {
			parts = append(parts, kind.name+" "+strings.Join(counts, "/"))
		}
	}
	return strings.Join(parts, ", ")
}
