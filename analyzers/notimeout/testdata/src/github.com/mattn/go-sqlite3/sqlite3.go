// Package sqlite3 is a stub of a driver for a database in the process.
package sqlite3
