// Package defaults checks the catalogue against the libraries themselves: what its rows say of
// their defaults was read in the releases that this module requires. It is a module of its own, so
// that nothing else depends on them.
package defaults
