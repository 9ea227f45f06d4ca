// want package:"serves"

// Package main asks others whether they live, and says nothing of itself.
package main

import (
	"fmt"
	"net/http"

	"example.org/lib/rest"
)

func main() {
	rest.Client{}.Ping()
	fmt.Println("ping")
	_ = http.ListenAndServe(":8080", http.NotFoundHandler())
}
