package score

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

func sorted(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }

// part says how many of something are how: "17 of 23 calls bounded"; "" if there are none.
func part(n, of int, noun, how string) string {
	if of == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %s %s", n, plural(of, noun), how)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.Contains(noun, " or ") { // "client, pool or fan-out"
		words := strings.FieldsFunc(strings.ReplaceAll(noun, " or ", ","), func(r rune) bool { return r == ',' })
		for i := range words {
			words[i] = many(strings.TrimSpace(words[i]))
		}
		last := len(words) - 1
		return fmt.Sprintf("%d %s and %s", n, strings.Join(words[:last], ", "), words[last])
	}
	return fmt.Sprintf("%d %s", n, many(noun))
}

func many(noun string) string {
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		return stem + "ies"
	}
	return noun + "s"
}

func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}
