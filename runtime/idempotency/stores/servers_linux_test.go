package stores

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
)

// server is a server that was started for the tests, in a directory of its own.
type server struct {
	dir  string
	who  *syscall.Credential // nil for who runs the tests
	cmd  *exec.Cmd
	quit os.Signal
}

// newServer makes a directory, which belongs to an account if there is need for another one: servers
// refuse to run as root.
func newServer(account string) (*server, error) {
	dir, err := os.MkdirTemp("", "stores") // short, since the paths of sockets are
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir, quit: syscall.SIGTERM}
	if os.Getuid() != 0 || account == "" {
		return s, nil
	}
	u, err := user.Lookup(account)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	s.who = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return s, os.Chown(dir, uid, gid)
}

// command returns a command in the server's directory, which ends with the tests, however they end.
func (s *server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(context.Background(), name, args...)
	cmd.Dir = s.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.who, Pdeathsig: syscall.SIGKILL}
	return cmd
}

// start starts the server itself.
func (s *server) start(name string, args ...string) error {
	s.cmd = s.command(name, args...)
	log, err := os.Create(filepath.Join(s.dir, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	s.cmd.Stdout, s.cmd.Stderr = log, log
	return s.cmd.Start()
}

// stop ends the server, and removes what it has left.
func (s *server) stop() {
	if s.cmd != nil && s.cmd.Process != nil {
		_ = s.cmd.Process.Signal(s.quit)
		_ = s.cmd.Wait()
	}
	_ = os.RemoveAll(s.dir)
}

// program finds a program in PATH, or where distributions put servers, the newest first.
func program(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	for _, pattern := range []string{"/usr/sbin/", "/usr/lib/postgresql/*/bin/", "/usr/pgsql-*/bin/"} {
		found, _ := filepath.Glob(pattern + name)
		if len(found) > 0 {
			return slices.Max(found), nil
		}
	}
	return "", &fs.PathError{Op: "find", Path: name, Err: fs.ErrNotExist}
}

func startPostgres() (dsn string, stop func(), err error) {
	initdb, err1 := program("initdb")
	postgres, err2 := program("postgres")
	if err := errors.Join(err1, err2); err != nil {
		return "", nil, err
	}
	s, err := newServer("postgres")
	if err != nil {
		return "", nil, err
	}
	s.quit = syscall.SIGQUIT // at once
	data := filepath.Join(s.dir, "data")
	out, err := s.command(initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync").CombinedOutput()
	if err == nil {
		err = s.start(postgres, "-D", data, "-k", s.dir, "-c", "listen_addresses=", "-c", "fsync=off")
	}
	if err != nil {
		s.stop()
		return "", nil, fmt.Errorf("%w\n%s", err, out)
	}
	return "host=" + s.dir + " user=postgres dbname=postgres", s.stop, nil
}

func startMariaDB() (dsn string, stop func(), err error) {
	install, err1 := program("mariadb-install-db")
	mariadbd, err2 := program("mariadbd")
	if err := errors.Join(err1, err2); err != nil {
		return "", nil, err
	}
	s, err := newServer("mysql")
	if err != nil {
		return "", nil, err
	}
	data, socket := "--datadir="+filepath.Join(s.dir, "data"), filepath.Join(s.dir, "sock")
	out, err := s.command(install, "--no-defaults", data, "--auth-root-authentication-method=normal", "--innodb-log-file-size=8M").CombinedOutput()
	if err == nil {
		err = s.start(mariadbd, "--no-defaults", data, "--socket="+socket, "--skip-networking", "--tmpdir="+s.dir,
			"--innodb-log-file-size=8M", "--innodb-buffer-pool-size=32M", "--innodb-flush-log-at-trx-commit=0")
	}
	if err != nil {
		s.stop()
		return "", nil, fmt.Errorf("%w\n%s", err, out)
	}
	return "root@unix(" + socket + ")/test?time_zone=%27%2B05:30%27", s.stop, nil // which must not matter
}

func startRedis() (dsn string, stop func(), err error) {
	redis, err := program("redis-server")
	if err != nil {
		return "", nil, err
	}
	s, err := newServer("")
	if err != nil {
		return "", nil, err
	}
	socket := filepath.Join(s.dir, "sock")
	if err := s.start(redis, "--port", "0", "--unixsocket", socket, "--dir", s.dir, "--save", ""); err != nil {
		s.stop()
		return "", nil, err
	}
	return "unix://" + socket, s.stop, nil
}
