package catalog

import (
	"go/types"

	"github.com/resilint/resilint/internal/regexp"
)

var (
	registers = regexp.MustCompile(`^Register\w+Server$`)
	mounts    = regexp.MustCompile(`^New\w+Handler$`)
)

// ServiceOf returns the interface of the service that a function of generated code is given, and the operand
// that it is: to register it with a gRPC server, RegisterXServer(s, impl), or to make a handler of it, as
// connect does, NewXHandler(impl, options...). It returns nil for other functions.
func ServiceOf(fn *types.Func) (*types.Interface, Operand) {
	params := fn.Signature().Params()
	if params.Len() != 2 || fn.Signature().Recv() != nil {
		return nil, None
	}
	var service types.Type
	at := None
	switch {
	case registers.MatchString(fn.Name()):
		switch TypeName(params.At(0).Type()) {
		case "google.golang.org/grpc.ServiceRegistrar", "google.golang.org/grpc.Server":
			service, at = params.At(1).Type(), Arg1
		}
	case mounts.MatchString(fn.Name()) && fn.Signature().Variadic():
		if options, ok := params.At(1).Type().(*types.Slice); ok && TypeName(options.Elem()) == connectRPC+".HandlerOption" {
			service, at = params.At(0).Type(), Arg0
		}
	}
	if service == nil {
		return nil, None
	}
	iface, _ := service.Underlying().(*types.Interface)
	return iface, at
}
