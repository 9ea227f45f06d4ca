// Package nobulkhead defines an analyzer that reports what one dependency can take all of.
//
// # Analyzer nobulkhead
//
// nobulkhead: report
package nobulkhead
