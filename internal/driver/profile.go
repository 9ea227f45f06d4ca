package driver

import (
	"errors"
	"flag"
	"os"
	"runtime"
	"runtime/pprof"
)

// A profile is what the command is to measure of itself. Its flags are for those who work on it:
// the usage does not list them.
type profile struct {
	cpu, mem string // files to write; may be empty
}

func (p *profile) addFlags(fs *flag.FlagSet) {
	fs.StringVar(&p.cpu, "cpuprofile", "", "write a CPU profile to this `file`")
	fs.StringVar(&p.mem, "memprofile", "", "write to this `file` what is held before the rules are run")
}

// hidden reports whether the usage leaves a flag out.
func hidden(flagName string) bool { return flagName == "cpuprofile" || flagName == "memprofile" }

// start begins to measure. The function that it returns ends that.
func (p *profile) start() (stop func() error, err error) {
	if p.cpu == "" {
		return func() error { return nil }, nil
	}
	f, err := os.Create(p.cpu)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() error {
		pprof.StopCPUProfile()
		return f.Close()
	}, nil
}

// held writes what is in memory now.
func (p *profile) held() error {
	if p.mem == "" {
		return nil
	}
	f, err := os.Create(p.mem)
	if err != nil {
		return err
	}
	runtime.GC()
	return errors.Join(pprof.WriteHeapProfile(f), f.Close())
}
