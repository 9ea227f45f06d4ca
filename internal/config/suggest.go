package config

import (
	"strings"
)

// suggest returns the one of the words that may have been meant, as the end of a message, or
// else all of them.
func suggest(word string, words []string) string {
	if guess := didYouMean(word, words); guess != "" || len(words) == 0 {
		return guess
	}
	return ", want one of " + strings.Join(words, ", ")
}

func didYouMean(word string, words []string) string {
	if near := nearest(word, words); near != "" {
		return ": did you mean " + near + "?"
	}
	return ""
}

// nearest returns the word that is not further away than a slip or two, or "".
func nearest(word string, words []string) string {
	best, near := max(1, len(word)/3), ""
	for _, w := range words {
		if d := distance(strings.ToLower(word), strings.ToLower(w)); d <= best && (near == "" || d < best) {
			best, near = d, w
		}
	}
	return near
}

// distance counts the letters to be inserted, deleted, replaced or swapped to make b of a.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	var before []int
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		next := make([]int, len(y)+1)
		next[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			next[j+1] = min(row[j]+cost, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(y)]
}
