// Package regexp is the standard library's, but compiles an expression when it is used first, and
// remembers which texts match.
//
// There are some 250 of them in the variables of packages. To compile them all takes 9 ms, which is
// nothing for a run, but go vet starts a process for each package of the build: most need none, and
// there are thousands. And nearly all of them are about names, of which a program has few compared
// with how often it uses them.
package regexp

import (
	"regexp"
	"strings"
	"sync"
	"testing"
)

// Regexp is a regular expression. Its methods are those of the standard library's.
type Regexp struct {
	expr string
	once sync.Once
	re   *regexp.Regexp

	mu      sync.RWMutex
	matches map[string]bool // by text, of those that are short
}

// What is remembered of an expression.
const (
	maxTexts  = 4096
	maxLength = 100 // bytes of a text
)

// MustCompile returns a regular expression. In tests it panics if expr is none, like the standard
// library's; otherwise the first use does.
func MustCompile(expr string) *Regexp {
	re := &Regexp{expr: expr}
	if testing.Testing() {
		re.get()
	}
	return re
}

// QuoteMeta returns an expression that matches the text s.
func QuoteMeta(s string) string { return regexp.QuoteMeta(s) }

func (re *Regexp) get() *regexp.Regexp {
	re.once.Do(func() { re.re = regexp.MustCompile(re.expr) })
	return re.re
}

func (re *Regexp) String() string { return re.expr }

func (re *Regexp) Match(b []byte) bool { return re.get().Match(b) }

func (re *Regexp) MatchString(s string) bool {
	if len(s) > maxLength {
		return re.get().MatchString(s)
	}
	re.mu.RLock()
	matches, known := re.matches[s]
	re.mu.RUnlock()
	if known {
		return matches
	}
	matches = re.get().MatchString(s)
	re.mu.Lock()
	defer re.mu.Unlock()
	if re.matches == nil {
		re.matches = make(map[string]bool)
	}
	if len(re.matches) < maxTexts {
		re.matches[strings.Clone(s)] = matches // the text may be part of a whole file
	}
	return matches
}

func (re *Regexp) Find(b []byte) []byte { return re.get().Find(b) }

func (re *Regexp) FindSubmatch(b []byte) [][]byte { return re.get().FindSubmatch(b) }

func (re *Regexp) FindString(s string) string { return re.get().FindString(s) }

func (re *Regexp) FindStringIndex(s string) []int { return re.get().FindStringIndex(s) }

func (re *Regexp) FindStringSubmatch(s string) []string { return re.get().FindStringSubmatch(s) }

func (re *Regexp) FindAllString(s string, n int) []string { return re.get().FindAllString(s, n) }

func (re *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	return re.get().FindAllStringSubmatch(s, n)
}

func (re *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return re.get().FindAllStringSubmatchIndex(s, n)
}

func (re *Regexp) ReplaceAll(src, repl []byte) []byte { return re.get().ReplaceAll(src, repl) }

func (re *Regexp) ReplaceAllFunc(src []byte, repl func([]byte) []byte) []byte {
	return re.get().ReplaceAllFunc(src, repl)
}

func (re *Regexp) ReplaceAllString(src, repl string) string {
	return re.get().ReplaceAllString(src, repl)
}

func (re *Regexp) ReplaceAllStringFunc(src string, repl func(string) string) string {
	return re.get().ReplaceAllStringFunc(src, repl)
}
