// Package pq is a stub of a driver for a remote database.
package pq
