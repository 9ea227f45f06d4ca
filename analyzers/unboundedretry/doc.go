// Package unboundedretry defines an analyzer that reports retries that can become a storm.
//
// # Analyzer unboundedretry
//
// unboundedretry: report retries that can become a storm
package unboundedretry
