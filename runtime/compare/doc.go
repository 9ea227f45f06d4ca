// Package compare holds other libraries to the rows of the module's table of behaviours, and
// measures them beside it.
//
// The scenario of a row is the same for all of them, judged by the same code; what is a library's
// own is a thin adapter, configured as its documentation recommends. docs/runtime.md has the
// outcome, which TestTable compares with what it observes: go test -run TestTable -update writes
// it anew, and with -v instead it says why a library does not pass.
//
// It is a module of its own because it needs those libraries, which users of the runtime do not.
package compare
