package fix

import (
	"flag"
	"strings"
)

// Unsafe says whether fixes are suggested that change more than the finding says: what only
// who knows the other side can tell to be right. It is the value of a flag.
type Unsafe bool

// UnsafeFlag is the name of the flag that every rule with such fixes has.
const UnsafeFlag = "unsafe-fixes"

// Register adds the flag to those of a rule.
func (u *Unsafe) Register(flags *flag.FlagSet) {
	flags.BoolVar((*bool)(u), UnsafeFlag, bool(*u), "also suggest fixes that change behavior beyond the finding, and are to be read before they are kept")
}

// mark ends the message of a fix that is not safe.
const mark = " (unsafe)"

// Mark returns the message of a fix that is not safe.
func (u Unsafe) Mark(message string) string { return message + mark }

// IsUnsafe reports whether a fix with that message is not safe.
func IsUnsafe(message string) bool { return strings.HasSuffix(message, mark) }
