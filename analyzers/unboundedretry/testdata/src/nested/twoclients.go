package nested

import "github.com/go-resty/resty/v2"

// A service is used with one of two clients, each of which retries by itself: nobody retries it here.
type service struct{ client *resty.Client }

func newService() *service {
	s := &service{client: resty.New()}
	s.client.SetRetryCount(5)
	return s
}

func newLegacy() *service {
	s := &service{client: resty.New()}
	s.client.SetRetryCount(5)
	return s
}

func (s *service) get(url string) error {
	_, err := s.client.R().Get(url)
	return err
}

// Both uses one after the other.
func Both(url string) error {
	if err := newService().get(url); err != nil {
		return err
	}
	return newLegacy().get(url)
}
