// Package nobreaker defines an analyzer that reports dependencies that nothing gives up on.
//
// # Analyzer nobreaker
//
// nobreaker: report
package nobreaker
