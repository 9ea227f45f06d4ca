package main

import "net/http"

// Job stores the bounded default client; the assignment is in the other file.
type Job struct{ hc *http.Client }

// NewJob takes the default client.
func NewJob() *Job { return &Job{hc: http.DefaultClient} }

// Run uses it.
func (j *Job) Run(url string) (*http.Response, error) { return j.hc.Get(url) }
