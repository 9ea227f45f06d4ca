// Package pq is a stub.
package pq
