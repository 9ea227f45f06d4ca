// Package driver is the command line of resilint: it parses the flags, loads
// the packages, runs the analyzers, prints what they find and fixes it.
//
// It is an analysis driver of its own, beside those of x/tools, because each
// of these gives up something:
//
//   - multichecker type-checks all dependencies from source (27 s and 5.6 GB
//     for a module of 323k lines; package load takes 3.0 s and 0.55 GB).
//   - unitchecker, under "go vet", runs a process for each package, of the
//     dependencies too (52 s for the same module); it cannot know what only
//     the whole module shows; and on a cache hit the go command can lose
//     findings of packages that were first seen as dependencies.
//
// The same binary still is such a tool, for "go vet" and whatever else calls one;
// see [IsVetTool] and package unit. Otherwise analyzers are run by x/tools'
// [golang.org/x/tools/go/analysis/checker].
//
// # Exit status
//
// The exit status is 0 if there is nothing to report, 1 if there are findings
// (with -fix, ones that remain; with -diff, a diff), and 2 if something
// could not be analyzed or written, whatever else was found. With -json it
// is 0 where it would be 1, as under "go vet". A report is 0 or 2: it is no
// gate.
package driver
