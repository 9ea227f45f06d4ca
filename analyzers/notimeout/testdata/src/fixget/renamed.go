package fixget

import (
	web "net/http"
	clock "time"
)

// Eighth has both packages under other names.
func Eighth(url string) (*web.Response, clock.Time, error) {
	resp, err := web.Get(url) // want "has no timeout"
	return resp, clock.Now(), err
}
