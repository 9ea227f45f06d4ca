package names

import "names/http"

// Fake calls a package called http that is not net/http: silent.
func Fake(key string) (string, error) {
	c := &http.Client{}
	if v, err := c.Get(key); err == nil {
		return v, nil
	}
	if _, err := http.DefaultClient.Get(key); err != nil {
		return "", err
	}
	return http.Get(key)
}

// FakeServer starts nothing: silent.
func FakeServer() error {
	srv := &http.Server{Addr: ":8080"}
	if err := srv.ListenAndServe(); err != nil {
		return err
	}
	return http.ListenAndServe(":8080", nil)
}
