// Package queued has workers call others for what requests only put aside.
package queued

import (
	"net/http"
	"sync"
	"time"
)

type mail struct{ to string }

type sender struct{ hc *http.Client }

func newSender() *sender { return &sender{&http.Client{Timeout: time.Second}} }

func (s *sender) send(m mail) {
	if resp, err := s.hc.Post("https://mail.example.org/", "text/plain", nil); err == nil {
		resp.Body.Close()
	}
}

// A mailer has a channel, and a worker.
type mailer struct {
	sender *sender
	ch     chan mail
}

func (m *mailer) run() {
	for next := range m.ch {
		m.sender.send(next)
	}
}

func (m *mailer) put(next mail) { m.ch <- next }

func (m *mailer) serve(w http.ResponseWriter, r *http.Request) {
	m.put(mail{r.FormValue("to")})
}

func start() *mailer {
	m := &mailer{sender: newSender(), ch: make(chan mail, 8)}
	go m.run()
	return m
}

// A list has functions that are called later.
type list struct {
	mu    sync.Mutex
	tasks []func()
	funcs chan func()
}

func (l *list) add(task func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tasks = append(l.tasks, task)
}

func (l *list) put(task func()) { l.funcs <- task }

func (l *list) run() {
	for {
		l.mu.Lock()
		tasks := l.tasks
		l.tasks = nil
		l.mu.Unlock()
		for _, task := range tasks {
			task()
		}
		for task := range l.funcs {
			task()
		}
	}
}

type report struct {
	list *list
	hc   *http.Client
}

func newReport(l *list) *report { return &report{l, &http.Client{Timeout: time.Second}} }

func (r *report) serve(w http.ResponseWriter, _ *http.Request) {
	r.list.add(func() { r.hc.Get("https://reports.example.org/a") })
	r.list.put(func() { r.hc.Get("https://reports.example.org/b") })
	r.list.funcs <- func() { r.hc.Get("https://reports.example.org/c") }
}

// A job is done by whoever runs it.
type job interface{ do() }

type indexing struct{ hc *http.Client }

func (i *indexing) do() { i.hc.Get("https://index.example.org/") }

type jobs struct{ all []job }

func (j *jobs) enqueue(next job) { j.all = append(j.all, next) }

func (j *jobs) work() {
	for _, next := range j.all {
		next.do()
	}
}

var index = &http.Client{Timeout: time.Second}

func (j *jobs) serve(w http.ResponseWriter, r *http.Request) { j.enqueue(&indexing{index}) }
