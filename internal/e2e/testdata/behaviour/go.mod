module example.org/behaviour

go 1.26.0

require (
	github.com/lib/pq v1.10.9
	github.com/resilint/resilint/runtime v0.1.0
	golang.org/x/sync v0.24.0
)

replace (
	github.com/lib/pq => ./pq
	github.com/resilint/resilint/runtime => ../../../../runtime
)
