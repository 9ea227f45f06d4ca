// Package pq is a stub of a driver.
package pq
