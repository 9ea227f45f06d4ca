// Package fasthttp is a stub.
package fasthttp

import "time"

type (
	Request  struct{}
	Response struct{}
)

func (r *Request) SetRequestURI(uri string)   {}
func (r *Request) SetTimeout(t time.Duration) {}

type Client struct {
	Name         string
	ReadTimeout  time.Duration
	WriteTimeout time.Duration
}

func (c *Client) Do(req *Request, resp *Response) error                               { return nil }
func (c *Client) DoTimeout(req *Request, resp *Response, timeout time.Duration) error { return nil }

func Get(dst []byte, url string) (int, []byte, error) { return 0, nil, nil }
func GetTimeout(dst []byte, url string, timeout time.Duration) (int, []byte, error) {
	return 0, nil, nil
}
func Do(req *Request, resp *Response) error { return nil }

type RequestHandler func()

type Server struct {
	Handler     RequestHandler
	ReadTimeout time.Duration
}

func (s *Server) ListenAndServe(addr string) error { return nil }

func ListenAndServe(addr string, handler RequestHandler) error { return nil }
