// Package unit analyzes one package at a time, as "go vet -vettool" and "go fix -fixtool" ask for
// it: a process for each package of the build, dependencies first, which hand on what they know of
// a package through a file.
//
// x/tools' unitchecker does the same, and since v0.50 hands on the types of packages as well: so
// it must parse and type-check all dependencies and the standard library, of which no rule looks
// at anything but types. These the go command has compiled already. This driver
//
//   - takes the types of imports from the compiler's export data ([Config.PackageFile]);
//   - does nothing at all for packages outside the main module, whose file of facts is empty;
//   - leaves test files out before it type-checks, and with them the packages that have no other
//     files: no rule reads a test, and no other file depends on one.
//
// A go command that compiles nothing any more, and lists no export data (golang.org/issue/79454),
// gets along with it as well: then types are in the file of facts, those of dependencies without
// function bodies.
package unit
