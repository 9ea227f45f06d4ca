package catalog

import "go/types"

// What rules of gosec (v2.22) find fault with, by its catalogue name. G112 and G114 are about
// servers without a timeout for reading headers, G402 is about certificates; so a comment that
// declines one of them may be about another.
var (
	gosecLiterals = map[string]string{
		"net/http.Server":   "G112",
		"crypto/tls.Config": "G402",
	}
	gosecCalls = map[string]string{
		"net/http.ListenAndServe":    "G114",
		"net/http.ListenAndServeTLS": "G114",
		"net/http.Serve":             "G114",
		"net/http.ServeTLS":          "G114",
	}
)

// GosecLiteral returns the rule of gosec that may find fault with a literal of type t, or "".
func GosecLiteral(t types.Type) string {
	if t == nil {
		return ""
	}
	return gosecLiterals[TypeName(t)]
}

// GosecCall returns the rule of gosec that finds fault with each call of fn, or "".
func GosecCall(fn *types.Func) string { return gosecCalls[Name(fn)] }
