package fixjitter

import (
	"math/rand"
	"time"
)

// Old is in a file that imports the first version of the package.
func Old(url string) error {
	var err error
	delay := 100 * time.Millisecond
	for range 6 { // want "wait equally long"
		if err = send(url); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
	}
	return err
}

// pick is what the file imports it for.
func pick(n int) int { return rand.Intn(n) }
