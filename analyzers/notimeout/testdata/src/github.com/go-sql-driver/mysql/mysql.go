// Package mysql is a stub of a driver whose config can bound every read.
package mysql

import "time"

type Config struct {
	Addr        string
	Timeout     time.Duration // of connecting
	ReadTimeout time.Duration
}

func NewConfig() *Config { return &Config{} }

func (cfg *Config) FormatDSN() string { return "" }
