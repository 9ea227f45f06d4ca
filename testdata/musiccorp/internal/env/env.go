// Package env reads a service's settings from the environment.
package env

import "os"

// Get returns the value of the variable key, or def where it is not set.
func Get(key, def string) string {
	if v := os.Getenv(key); v != "" {
		return v
	}
	return def
}
