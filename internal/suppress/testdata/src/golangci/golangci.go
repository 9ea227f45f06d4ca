// Package golangci is seen by golangci-lint, which knows its own directives.
package golangci

func bad() int { return 0 }

func f() {
	bad() //resilint:ignore one meant
	bad() //nolint:one // want "bad called"
}
