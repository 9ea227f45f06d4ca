// Package load type-checks the packages of the main module, or of all
// modules of a workspace, for a whole-program analysis in one process.
//
// # What is read from where
//
// Only the main module is read from source with function bodies. What lies
// outside it (the standard library and other modules) is needed for its
// types alone, and these come from the export data in the go build cache.
// On 323k lines (369 packages with 1501 dependencies) this takes 3.0 s and
// 0.55 GB, where a loader that takes everything from source
// ([packages.LoadAllSyntax]) takes 27 s and 5.6 GB.
//
// The module itself is never compiled. [packages.LoadSyntax] would have its
// packages compiled after each edit, to no use: touching one widely imported
// file of a 19k-line module made it cost 6.9 CPU seconds instead of 0.9. So
// there are two listings: one of metadata for the whole module, and one of
// export files for exactly the packages outside.
//
// Test files are left out. Files of a package never depend on its tests,
// and on one repository of 476k lines, two thirds of them tests, leaving
// them out reduced 5.5 s to 1.7 s and 1.5 GB to 0.27 GB.
//
// # Dependencies that are not compiled yet
//
// With a cold build cache nearly all the time would go into compiling
// dependencies; see [DepsMode] for how that is avoided.
//
// # Errors
//
// A package that does not parse or type-check costs only itself: its
// importers see whatever it does declare. It is a [Problem] if the arguments
// ask for it and goes unmentioned otherwise.
package load
