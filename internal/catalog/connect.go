package catalog

const connectRPC = "connectrpc.com/connect"

// Handlers of a service are registered by generated code, NewXHandler, which calls these for each method.
var _ = carry(&Traffic{
	Path: connectRPC, Version: "v1.21.1", Source: "NewUnaryHandler, NewUnaryHandlerSimple", Name: "the client",
	Handlers: rows(Handler{Func: Arg1, HTTP: true}, connectRPC+".NewUnaryHandler", connectRPC+".NewUnaryHandlerSimple"),
})
