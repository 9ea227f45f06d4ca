// Package grpc is a stub.
package grpc

import "net"

type ServiceRegistrar interface{ RegisterService(desc, impl any) }

type Server struct{}

func NewServer() *Server { return &Server{} }

func (s *Server) RegisterService(desc, impl any) {}
func (s *Server) Serve(l net.Listener) error     { return nil }
func (s *Server) Stop()                          {}
func (s *Server) GracefulStop()                  {}
