package server

import "log"

// Start serves what NewApp built.
func (a *App) Start() {
	go func() { log.Print(a.srv.ListenAndServe()) }()
}

// Start serves the value.
func (a *Admin) Start() error { return a.srv.ListenAndServe() }
