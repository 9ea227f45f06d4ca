package compare

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
)

func BenchmarkFloor(b *testing.B)         { measure(b, floor()) }
func BenchmarkRetry(b *testing.B)         { measure(b, retries()) }
func BenchmarkBreakerClosed(b *testing.B) { measure(b, closedBreakers()) }
func BenchmarkBreakerOpen(b *testing.B)   { measure(b, openBreakers()) }
func BenchmarkBulkhead(b *testing.B)      { measure(b, bulkheads()) }
func BenchmarkStack(b *testing.B)         { measure(b, stacks()) }

func BenchmarkGet(b *testing.B) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") }))
	defer srv.Close()
	measure(b, gets(b, srv.URL, func() *http.Transport {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.MaxIdleConnsPerHost = 64
		return t
	}))
}

// measure runs contenders, in one goroutine and in many.
func measure(b *testing.B, contenders []contender) {
	for _, c := range contenders {
		name := strings.ReplaceAll(c.name, "/", "∕") // which would make a level of its own
		b.Run(name+"/one", func(b *testing.B) {
			b.ReportAllocs()
			start := cpu()
			for range b.N {
				c.f()
			}
			b.ReportMetric(float64(cpu()-start)/float64(b.N), "cpu-ns/op")
		})
		b.Run(name+"/many", func(b *testing.B) {
			b.ReportAllocs()
			b.SetParallelism(8)
			start := cpu()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					c.f()
				}
			})
			b.ReportMetric(float64(cpu()-start)/float64(b.N), "cpu-ns/op")
		})
	}
}

// cpu returns the processor time that this process has used, in nanoseconds. Unlike wall time, it
// does not grow with what else runs on the machine.
func cpu() int64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return u.Utime.Nano() + u.Stime.Nano()
}
