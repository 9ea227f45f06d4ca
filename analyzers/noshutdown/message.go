package noshutdown

import (
	"fmt"

	"github.com/resilint/resilint/internal/serving"
)

// neverMessage tells of a server that nothing stops. awaits says that the program listens to signals, terminates that
// SIGTERM may be among them.
func neverMessage(s *serving.Start, awaits, terminates bool) string {
	what := "SIGTERM ends the process at once, and nothing shuts this server down"
	switch {
	case awaits && terminates:
		what = "nothing shuts this server down when SIGTERM comes"
	case awaits:
		what = "SIGTERM ends the process at once, which listens to SIGINT alone, and nothing shuts this server down"
	}
	return fmt.Sprintf("every deploy cuts off the requests in flight: %s; %s", what, remedy(s.Servers))
}

// remedy says how a server of that kind is shut down.
func remedy(kind string) string {
	switch kind {
	case "gRPC":
		return "on SIGTERM call GracefulStop, and Stop when it takes too long"
	case "fasthttp":
		return "on SIGTERM call ShutdownWithTimeout, and wait for it"
	}
	return "on SIGTERM call Shutdown of an http.Server, with a deadline, and wait for it"
}

func fatalMessage(s *serving.Start) string {
	return fmt.Sprintf("Shutdown makes %s return http.ErrServerClosed at once, and %s then ends the process while requests are still being answered; ignore that error, and wait until Shutdown has returned", s.Name, s.Fatal.End)
}

func unboundedMessage(s *serving.Shutdown, terminates bool) string {
	if !terminates {
		return fmt.Sprintf("%s waits for every request with no deadline: after SIGINT, one that hangs keeps the process until somebody kills it, and what stands after this call is not done; pass a context from context.WithTimeout", s.Name)
	}
	return fmt.Sprintf("%s waits for every request with no deadline: one that hangs keeps the process until the orchestrator kills it, and what stands after this call is not done; pass a context from context.WithTimeout", s.Name)
}

func interruptMessage() string {
	return "orchestrators send SIGTERM, which is not among these signals: every deploy ends the process at once, with the requests in flight, and Shutdown is only for Ctrl-C; add syscall.SIGTERM"
}
