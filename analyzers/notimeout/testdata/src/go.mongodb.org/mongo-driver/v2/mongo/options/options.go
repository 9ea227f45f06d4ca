// Package options is a stub.
package options

import "time"

type ClientOptions struct{}

func Client() *ClientOptions { return &ClientOptions{} }

func (c *ClientOptions) ApplyURI(uri string) *ClientOptions        { return c }
func (c *ClientOptions) SetTimeout(d time.Duration) *ClientOptions { return c }
