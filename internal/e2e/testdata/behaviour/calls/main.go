// Calls makes one call, of the kind that its first argument says, and prints what came of it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// Kinds are the calls: each is given an address, and returns what it got.
var kinds = map[string]func(address string) (string, error){}

func main() {
	text, err := kinds[os.Args[1]](os.Args[2])
	var slow interface{ Timeout() bool }
	switch {
	case err == nil:
		fmt.Print(text)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		fmt.Print("timeout")
	default:
		fmt.Print("error: ", err)
	}
}
