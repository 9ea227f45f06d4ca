//go:build go1.21

package fixjitter

import "time"

// Older is in a file that cannot count on the second version of math/rand.
func Older(url string) error {
	var err error
	delay := 100 * time.Millisecond
	for i := 0; i < 6; i++ { // want "wait equally long"
		if err = send(url); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
	}
	return err
}
