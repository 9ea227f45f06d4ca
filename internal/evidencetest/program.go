package evidencetest

import (
	"fmt"
	"strings"
)

// Program returns the source of a package that type-checks, for fuzzing: data chooses what stands in it.
// It has functions, methods and functions with type parameters that call each other, literals, loops
// of every form, labels, goroutines, and what makes, keeps and bounds clients and contexts.
func Program(data []byte) string {
	w := &writer{data: data, functions: 1}
	w.functions += w.choose(5)
	w.text(`package p

import (
	"context"
	"database/sql"
	"net/http"
	"time"
)

type S struct {
	c    *http.Client
	hc   http.Client
	db   *sql.DB
	next *S
	f    func(context.Context) error
	*http.Server
}

type I interface {
	Do(ctx context.Context, c *http.Client, s *S, n int) error
}

type A[T any] = []T

var (
	shared  = %s
	another *http.Client
	all     A[*S]
	some    I
)

func it(yield func(int) bool) {
	for i := 0; i < 3 && yield(i); i++ {
	}
}

func newClient(n int) (c *http.Client) {
	if n > 1 {
		return shared
	}
	return %s
}

func init() {
	http.HandleFunc("POST /orders", func(w http.ResponseWriter, r *http.Request) {
		if err := f0(r.Context(), shared, &S{}, 3); err != nil {
			http.Error(w, err.Error(), 500)
		}
	})
}
`, w.fresh(), w.fresh())
	for i := range w.functions {
		w.function(fmt.Sprintf("func f%d(ctx context.Context, c *http.Client, s *S, n int) (err error) {", i))
		w.function(fmt.Sprintf("func (s *S) m%d(ctx context.Context, c *http.Client, n int) (err error) {", i))
		w.function(fmt.Sprintf("func g%d[T any](ctx context.Context, c *http.Client, s *S, n int, x T) (err error) {", i))
	}
	w.function("func (s *S) Do(ctx context.Context, c *http.Client, other *S, n int) (err error) {")
	return w.out.String()
}

// A writer writes a program.
type writer struct {
	data      []byte // what is left of the choices; when there is nothing, the first is taken
	out       strings.Builder
	functions int
	depth     int
	labels    []string // of the loops around, in the same function
	label     int
}

func (w *writer) text(format string, args ...any) { fmt.Fprintf(&w.out, format, args...) }

// choose returns a number below n.
func (w *writer) choose(n int) int {
	if len(w.data) == 0 {
		return 0
	}
	b := int(w.data[0])
	w.data = w.data[1:]
	return b % n
}

func (w *writer) function(head string) {
	w.labels = nil
	w.text("\n%s\nd := time.Second\n_ = d\n", head)
	w.block()
	w.text("return err\n}\n")
}

// block writes statements.
func (w *writer) block() {
	w.depth++
	defer func() { w.depth-- }()
	for range w.choose(5) {
		w.statement()
	}
}

func (w *writer) statement() {
	simple := []func(){
		func() { w.text("err = %s\n", w.call()) },
		func() { w.text("if err = %s; err == nil {\nreturn nil\n}\n", w.call()) },
		func() { w.text("c = %s\n", w.client()) },
		func() { w.text("s.c = %s\n", w.client()) },
		func() { w.text("time.Sleep(d)\n") },
		func() { w.text("d *= 2\n") },
		func() { w.text("n++\n") },
		func() { w.text("if s != nil {\ns = s.next\n}\n") },
		func() { w.text("shared.Timeout = d\n") },
		func() { w.text("_, err = s.db.ExecContext(ctx, \"INSERT INTO orders (id) VALUES (?)\", n)\n") },
		func() { w.text("ctx = context.WithValue(%s, n, n)\n", w.context()) },
		func() { w.text("select {\ncase <-ctx.Done():\nreturn ctx.Err()\ncase <-time.After(d):\n}\n") },
		func() { w.text("if %s {\nreturn err\n}\n", w.condition()) },
		func() { w.text("all = append(all, s, &S{c: %s})\n", w.client()) },
		func() { w.jump("continue") },
		func() { w.jump("break") },
		func() { w.text("s.Server = &http.Server{Addr: \":80\"}\nerr = s.ListenAndServe()\n") },
		func() { w.text("panic(err)\n") },
	}
	nested := []func(){
		func() { w.nest("if %s {\n", w.condition()) },
		func() { w.loop("for i := 0; i < n; i++ {\n") },
		func() { w.loop("for {\n") },
		func() { w.loop("for range it {\n") },
		func() { w.loop("for i := range it {\nn = i\n") },
		func() { w.loop("for n = range 3 {\n") },
		func() { w.loop("for _, s = range all {\n") },
		func() { w.loop("for err != nil {\n") },
		func() {
			w.text("switch {\ncase %s:\n", w.condition())
			w.block()
			w.text("fallthrough\ncase n > 2:\n")
			w.block()
			w.nest("default:\n")
		},
		func() { w.literal("go func() {\n", "}()\n") },
		func() { w.literal("defer func() {\n", "}()\n") },
		func() { w.literal("func() {\n", "}()\n") },
		func() { w.literal("s.f = func(ctx context.Context) (err error) {\n", "return err\n}\n") },
		func() {
			w.text("{\nctx, cancel := context.WithTimeout(%s, d)\ndefer cancel()\n_ = ctx\n", w.context())
			w.block()
			w.text("}\n")
		},
	}
	if w.depth > 5 {
		simple[w.choose(len(simple))]()
		return
	}
	choices := append(simple, nested...)
	choices[w.choose(len(choices))]()
}

func (w *writer) nest(format string, args ...any) {
	w.text(format, args...)
	w.block()
	w.text("}\n")
}

// loop writes a loop, with a label that is used in it.
func (w *writer) loop(head string) {
	w.label++
	label := fmt.Sprintf("L%d", w.label)
	w.labels = append(w.labels, label)
	w.text("%s:\n%s", label, head)
	w.block()
	w.text("if %s {\nbreak %s\n}\n}\n", w.condition(), label)
	w.labels = w.labels[:len(w.labels)-1]
}

// literal writes a function literal, from which the loops around cannot be left.
func (w *writer) literal(head, end string) {
	labels := w.labels
	w.labels = nil
	w.text("%s", head)
	if strings.HasPrefix(end, "}") { // it has no result
		w.text("err := func() (err error) {\n")
		w.block()
		w.text("return err\n}()\n_ = err\n")
	} else {
		w.block()
	}
	w.text("%s", end)
	w.labels = labels
}

func (w *writer) jump(word string) {
	if len(w.labels) == 0 {
		w.text("n--\n")
		return
	}
	w.text("if %s {\n%s %s\n}\n", w.condition(), word, w.labels[w.choose(len(w.labels))])
}

func (w *writer) pick(texts ...string) string { return texts[w.choose(len(texts))] }

func (w *writer) condition() string {
	return w.pick("n > 1", "err != nil", "err == nil", "ctx.Err() != nil", "c == nil", "s.c == http.DefaultClient", "n < 3 && err != nil", "d < time.Minute")
}

func (w *writer) fresh() string {
	return w.pick("&http.Client{}", "&http.Client{Timeout: time.Second}", "http.DefaultClient", "&http.Client{Transport: &http.Transport{}}", "new(http.Client)")
}

func (w *writer) client() string {
	if w.choose(2) == 0 {
		return "(" + w.fresh() + ")"
	}
	return w.pick("c", "s.c", "(&s.hc)", "shared", "another", "newClient(n)", "func() *http.Client { return c }()", "all[n].c", "s.next.c")
}

func (w *writer) context() string {
	return w.pick("ctx", "context.Background()", "context.WithoutCancel(ctx)", "func() context.Context { return ctx }()")
}

// call returns an expression that is an error.
func (w *writer) call() string {
	ctx, i := w.context(), w.choose(w.functions)
	switch w.choose(7) {
	case 0:
		return fmt.Sprintf("func() error { _, err := %s.Get(\"http://billing.internal/charge\"); return err }()", w.client())
	case 1:
		return fmt.Sprintf("func() error {\nr, err := http.NewRequestWithContext(%s, \"POST\", \"http://billing.internal/charge\", nil)\n"+
			"if err != nil {\nreturn err\n}\n_, err = %s.Do(r)\nreturn err\n}()", ctx, w.client())
	case 2:
		return fmt.Sprintf("f%d(%s, %s, s, n-1)", i, ctx, w.client())
	case 3:
		return fmt.Sprintf("s.m%d(%s, %s, n)", i, ctx, w.client())
	case 4:
		return fmt.Sprintf("g%d(%s, %s, s, n, %s)", i, ctx, w.client(), w.pick("n", "c", "\"x\""))
	case 5:
		return fmt.Sprintf("some.Do(%s, %s, s, n)", ctx, w.client())
	}
	return fmt.Sprintf("s.f(%s)", ctx)
}
