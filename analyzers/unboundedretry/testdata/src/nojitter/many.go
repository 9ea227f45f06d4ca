package nojitter

import (
	"net/http"
	"sync"
	"time"
)

// Many starts a goroutine for each address. Few attempts are over before they have fallen into step, and who knows whether the
// addresses are of one server.
func Many(urls []string) {
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Go(func() {
			for i := range 3 {
				resp, err := http.Get(url)
				if err == nil {
					resp.Body.Close()
					return
				}
				time.Sleep(time.Duration(i+1) * time.Second)
			}
		})
	}
	wg.Wait()
}

// Slowly takes half a minute for as many: the server has gone down and come up again before each wave.
func Slowly(items []string) {
	for _, item := range items {
		go func() {
			for i := 1; i <= 4; i++ { // want `wait equally long`
				resp, err := http.Get("http://files.local/" + item)
				if err == nil {
					resp.Body.Close()
					return
				}
				if i < 4 {
					time.Sleep(time.Duration(3*(i+1)) * time.Second)
				}
			}
		}()
	}
}

// One is one goroutine: two or three waves of nobody knows how many.
func One(url string) {
	go func() {
		for i := range 3 {
			resp, err := http.Get(url)
			if err == nil {
				resp.Body.Close()
				return
			}
			time.Sleep(time.Duration(i+1) * time.Second)
		}
	}()
}

// Fetched starts a function for each address, by name.
func Fetched(urls []string) {
	for _, url := range urls {
		go fetch(url)
	}
}

func fetch(url string) {
	for i := range 6 { // want `wait equally long`
		resp, err := http.Get(url)
		if err == nil {
			resp.Body.Close()
			return
		}
		time.Sleep(time.Duration(i+1) * time.Second)
	}
}
