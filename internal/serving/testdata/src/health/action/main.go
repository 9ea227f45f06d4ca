// want package:"serves"

// Package main is asked by an action whether it lives: all requests go to one path.
package main

import "net/http"

var actions = map[string]func(){"ping": func() {}, "order": func() {}}

func main() {
	_ = http.ListenAndServe(":8080", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { actions[r.FormValue("do")]() }))
}
