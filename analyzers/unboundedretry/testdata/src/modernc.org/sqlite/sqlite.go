// Package sqlite is a stub of a driver.
package sqlite
