package notimeout

import (
	"fmt"
	"time"

	"github.com/resilint/resilint/internal/fix"
)

// The settings of the rule. The values of fixes are what maintainers chose in the fixes that
// the rule was measured on.
var (
	clientTimeout = timeout(30 * time.Second) // the median
	dialTimeout   = timeout(10 * time.Second) // they chose 5 s to 15 s
	headerTimeout = timeout(10 * time.Second) // they chose 3 s to 60 s
	defaultClient = unbounded

	unsafe fix.Unsafe
)

// downloadTimeout is what unsafe fixes give to clients that download: more than most downloads take, and less than
// anybody waits for one that hangs.
const downloadTimeout = 15 * time.Minute

func init() {
	flags := &Analyzer.Flags
	unsafe.Register(flags)
	flags.Var(&clientTimeout, "timeout", "`timeout` that fixes give to HTTP clients")
	flags.Var(&dialTimeout, "dial-timeout", "`timeout` that fixes give to dialers")
	flags.Var(&headerTimeout, "header-timeout", "`timeout` that fixes give to servers as ReadHeaderTimeout")
	flags.Var(&defaultClient, "default-client", "`bounded` if main gives http.DefaultClient a timeout, which packages below it cannot see")
}

// A timeout is a flag whose value is a positive duration.
type timeout time.Duration

// String implements flag.Value.
func (t *timeout) String() string { return time.Duration(*t).String() }

// Set implements flag.Value.
func (t *timeout) Set(s string) error {
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		return fmt.Errorf("%q is not a positive duration, such as 30s", s)
	}
	*t = timeout(d)
	return nil
}

// A bound says whether http.DefaultClient has a timeout.
type bound string

const (
	bounded   bound = "bounded"
	unbounded bound = "unbounded"
)

// String implements flag.Value.
func (b *bound) String() string { return string(*b) }

// Choices are the values there are, for the schema of the configuration file.
func (b *bound) Choices() []string { return []string{string(bounded), string(unbounded)} }

// Set implements flag.Value.
func (b *bound) Set(s string) error {
	switch v := bound(s); v {
	case bounded, unbounded:
		*b = v
		return nil
	}
	return fmt.Errorf("%q is neither bounded nor unbounded", s)
}
