package score

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/resilint/resilint/internal/serving"
)

// servers notes what the package starts, and what it answers by.
func (s *sketcher) servers(own *serving.Result) {
	programs := s.module.Programs(own)
	for _, start := range own.Starts {
		for _, p := range programs {
			if p.Serves(start) {
				s.add(&s.Servers, start.Pos(), short(start.Name))
				break
			}
		}
	}
	for _, start := range own.Managed {
		s.add(&s.Servers, start.Pos(), short(start.Name))
	}
	for _, r := range own.Routed {
		route := Route{Path: r.Path, Handler: r.Handler, Pos: s.at(r.Call().Pos())}
		if _, plain, ok := strings.Cut(r.Path, " "); ok {
			route.Path = plain // "GET /livez"
		}
		if far, ok := own.Leaves(r.Handler); ok && r.Handler != "" {
			route.Far = short(far.API) + " in " + far.In
		}
		s.Routes = append(s.Routes, route)
	}
	s.RPCs = own.RPCHealth
	for _, d := range own.Drains {
		s.Drains = append(s.Drains, Drain{d.Servers, d.Limit, s.at(d.Pos)})
	}
}

// program notes the program that the package is, if it serves clients and is no toy.
func (s *sketcher) program(own *serving.Result) {
	for _, p := range s.module.Programs(own) {
		if p.Path != s.Path || p.IsToy() {
			continue
		}
		program := &Program{Path: p.Path, Name: p.Name(), Health: p.Healthy(), Awaits: p.Awaits()}
		if p.Module != nil {
			program.Looked = p.Module.Orchestrates(p)
		}
		managed := false
		for _, start := range p.Starts() {
			program.Servers = append(program.Servers, &Server{
				Name: short(start.Name), Kind: start.Servers, Pos: s.at(start.Pos()), Stops: p.Stops(start.Servers), Told: p.Terminates(),
			})
		}
		for _, e := range p.Packages {
			program.Packages = append(program.Packages, e.Path)
			program.Opaque = program.Opaque || e.Apart || e.Gap
			for _, start := range e.Managed {
				managed = true
				program.Servers = append(program.Servers, &Server{Name: short(start.Name), Pos: s.at(start.Pos()), Stops: true, Told: true})
			}
		}
		if len(program.Servers) > 0 {
			program.Opaque = program.Opaque && !managed
			program.Pos = program.Servers[0].Pos
			s.Program = program
		}
	}
}

// functionAt returns the declaration of the function around a place.
func functionAt(file *ast.File, pos token.Pos) *ast.FuncDecl {
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Pos() <= pos && pos < fn.End() {
			return fn
		}
	}
	return nil
}
