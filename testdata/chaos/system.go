package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/resilint/resilint/runtime/fault"
)

// A process is a service of a system.
type process struct {
	path  string
	env   []string
	log   *os.File
	files int // how many it may have open; 0: as many as it likes

	mu  sync.Mutex
	cmd *exec.Cmd
}

func (p *process) start() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cmd = exec.Command(p.path)
	if p.files > 0 {
		p.cmd = exec.Command("sh", "-c", fmt.Sprintf("ulimit -n %d; exec %s", p.files, p.path))
	}
	p.cmd.Env = append(os.Environ(), p.env...)
	p.cmd.Stdout, p.cmd.Stderr = p.log, p.log
	p.cmd.Dir = filepath.Dir(p.log.Name())
	return p.cmd.Start()
}

// kill ends the process as kill -9 does.
func (p *process) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd == nil || p.cmd.Process == nil {
		return
	}
	_ = p.cmd.Process.Signal(syscall.SIGKILL)
	_ = p.cmd.Wait()
}

// A link is a proxy between a service and what it depends on.
type link struct {
	*fault.Proxy
}

// count lets everything through, and counts it.
var count = fault.Latency(0, 0)

// requests returns how many have been made over the link so far.
func (l link) requests() int { return l.Injected().Latency }

// A system is MusicCorp in one of its states: each service is a process, and what is between them passes
// through links.
type system struct {
	name      string
	addr      map[string]string // host:port of each service
	processes map[string]*process
	links     map[string]link
	client    *http.Client
}

// links are who calls whom through a proxy: the variable that says where the peer is.
var links = []struct{ name, of, variable, peer string }{
	{"catalog", "order", "CATALOG_URL", "catalog"},
	{"inventory", "order", "INVENTORY_URL", "inventory"},
	{"payment", "order", "PAYMENT_URL", "payment"},
	{"recommendations", "order", "RECOMMENDATIONS_URL", "recommendations"},
	{"provider", "payment", "PROVIDER_URL", "partners"},
	{"mails", "notifications", "MAIL_URL", "partners"},
}

var services = []string{"broker", "partners", "catalog", "inventory", "payment", "shipping", "recommendations", "notifications", "order"}

// outside are services that are not MusicCorp's: they are the same in all states.
var outside = map[string]bool{"broker": true, "partners": true}

// start starts a system whose programs are in bin, and those of the other companies in partners.
func start(name, dir, bin, partners string) (*system, error) {
	s := &system{
		name: name, addr: map[string]string{}, processes: map[string]*process{}, links: map[string]link{},
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: patience},
	}
	for _, service := range append(services, "order-debug") {
		port, err := free()
		if err != nil {
			return nil, err
		}
		s.addr[service] = "127.0.0.1:" + port
	}
	env := map[string][]string{}
	for _, l := range links {
		proxy, err := fault.NewProxy(s.addr[l.peer], count)
		if err != nil {
			return nil, err
		}
		s.links[l.name] = link{proxy}
		env[l.of] = append(env[l.of], l.variable+"=http://"+proxy.Addr())
	}
	_, brokerPort, _ := net.SplitHostPort(s.addr["broker"])
	for _, service := range services {
		at := bin
		if outside[service] {
			at = partners
		}
		log, err := os.Create(filepath.Join(dir, service+".log"))
		if err != nil {
			return nil, err
		}
		upper := strings.ToUpper(service)
		common := []string{
			upper + "_ADDR=" + s.addr[service],
			upper + "_DB=" + filepath.Join(dir, service+".db"),
			"BROKER_PORT=" + brokerPort,
			"KAFKA_BROKERS=" + s.addr["broker"],
			"SHIPPING_URL=http://" + s.addr["shipping"],
			"ORDER_URL=http://" + s.addr["order"],
			"CARRIER_URL=http://" + s.addr["partners"],
			"SUPPLIER_URL=http://" + s.addr["partners"],
			"FEED_URL=http://" + s.addr["partners"] + "/feed",
			"GOMAXPROCS=1",
		}
		if service == "catalog" {
			common = append(common, "INVENTORY_URL=http://"+s.addr["inventory"])
		}
		if service == "order" {
			common = append(common, "DEBUG_ADDR="+s.addr["order-debug"])
		}
		p := &process{path: filepath.Join(at, service), env: append(common, env[service]...), log: log}
		if err := p.start(); err != nil {
			return nil, err
		}
		s.processes[service] = p
		if err := s.await(service); err != nil {
			s.stop()
			return nil, err
		}
	}
	return s, s.fill()
}

// free returns a port that nobody listens on.
func free() (string, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer ln.Close()
	return strconv.Itoa(ln.Addr().(*net.TCPAddr).Port), nil
}

// await returns when a service accepts connections.
func (s *system) await(service string) error {
	var err error
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		var conn net.Conn
		if conn, err = net.DialTimeout("tcp", s.addr[service], time.Second); err == nil {
			return conn.Close()
		}
	}
	return fmt.Errorf("%s of %s does not start: %w", service, s.name, err)
}

// fill puts albums on sale, more than anybody will buy.
func (s *system) fill() error {
	ctx := context.Background()
	if _, err := s.call(ctx, "POST", "catalog", "/import", "", nil); err != nil {
		return err
	}
	for _, sku := range skus {
		if _, err := s.call(ctx, "PUT", "inventory", "/stock/"+sku, `{"quantity": 1000000}`, nil); err != nil {
			return err
		}
	}
	return nil
}

// call calls a service, not through a link, and returns the status of its answer. Read is given the body.
func (s *system) call(ctx context.Context, method, service, path, body string, read func(io.Reader) error) (int, error) {
	req, err := http.NewRequestWithContext(ctx, method, "http://"+s.addr[service]+path, strings.NewReader(body))
	if err != nil {
		return 0, err
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	if read != nil && resp.StatusCode < 300 {
		return resp.StatusCode, read(resp.Body)
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, err
}

// goroutines returns how many the order service has, 0 if it does not say.
func (s *system) goroutines() int {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	n := 0
	_, _ = s.call(ctx, "GET", "order-debug", "/debug/pprof/goroutine?debug=1", "", func(r io.Reader) error {
		_, err := fmt.Fscanf(r, "goroutine profile: total %d", &n)
		return err
	})
	return n
}

// restart starts a service anew after it was killed, as an orchestrator does.
func (s *system) restart(service string, down time.Duration) error {
	p := s.processes[service]
	p.kill()
	time.Sleep(down)
	if err := p.start(); err != nil {
		return err
	}
	return s.await(service)
}

// heal takes all faults away.
func (s *system) heal() {
	for _, l := range s.links {
		_ = l.Set(count)
	}
}

func (s *system) stop() {
	for _, p := range s.processes {
		p.kill()
		_ = p.log.Close()
	}
	for _, l := range s.links {
		_ = l.Close()
	}
}
