package main

import (
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	var out strings.Builder
	err := run(strings.NewReader(`goos: linux
BenchmarkGet/ours,_all_of_it/one-2   	100	 9 ns/op	 20 cpu-ns/op	  16 B/op	 1 allocs/op
BenchmarkGet/ours,_all_of_it/one-2   	100	 9 ns/op	 10 cpu-ns/op	  16 B/op	 1 allocs/op
BenchmarkGet/ours,_all_of_it/one-2   	100	 9 ns/op	 90 cpu-ns/op	  16 B/op	 1 allocs/op
BenchmarkGet/ours,_all_of_it/many-2  	100	 9 ns/op	 5.25 cpu-ns/op	  16 B/op	 1 allocs/op
BenchmarkGet/x∕sync/one-2            	100	 9 ns/op	 30 cpu-ns/op	  32 B/op	 2 allocs/op
BenchmarkGet/x∕sync/many-2           	100	 9 ns/op	 21 cpu-ns/op	  32 B/op	 2 allocs/op
PASS
`), &out)
	want := `| | ns, one goroutine | ns, many | times ours | B | allocations |
|---|--:|--:|--:|--:|--:|
| **Get** | | | | | |
| ours, all of it | 20 | 5.2 |  | 16 | 1 |
| x/sync | 30 | 21 | 1.5, 4.0 | 32 | 2 |
`
	if err != nil || out.String() != want {
		t.Errorf("error %v, output\n%s", err, out.String())
	}
	if err := run(strings.NewReader("BenchmarkGet-2 1 2 ns/op\n"), &out); err == nil {
		t.Error("a line without contender is no error")
	}
}
