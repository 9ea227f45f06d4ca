package catalog

import (
	"go/types"
	"strings"
)

// CallLike returns what an interface's method means by its signature, or nil: an interface
// with Do(*http.Request) (*http.Response, error) stands for an *http.Client.
func CallLike(method *types.Func) *Call {
	if IsBounded(method) {
		return nil
	}
	for _, lib := range libraries {
		for i := range lib.Shapes {
			if lib.Shapes[i].fits(method) {
				return calls[lib.Shapes[i].Call]
			}
		}
	}
	return nil
}

func (s *Shape) fits(method *types.Func) bool {
	sig := method.Signature()
	if s.Method != "" && s.Method != method.Name() || sig.Params().Len() != len(s.Params) || sig.Results().Len() != len(s.Results) {
		return false
	}
	for i, want := range s.Params {
		t := sig.Params().At(i).Type()
		if elem, ok := strings.CutPrefix(want, "..."); ok {
			slice, isSlice := t.(*types.Slice)
			if !sig.Variadic() || !isSlice || TypeName(slice.Elem()) != elem {
				return false
			}
		} else if want != "" && TypeName(t) != want {
			return false
		}
	}
	for i, want := range s.Results {
		t := sig.Results().At(i).Type()
		_, pointer := types.Unalias(t).(*types.Pointer)
		if want == "" && !pointer || want != "" && want != "error" && TypeName(t) != want || want == "error" && t.String() != "error" {
			return false
		}
	}
	return true
}

// LibraryOf returns the path of the library that declares a call.
func LibraryOf(call *Call) string {
	for _, lib := range libraries {
		for i := range lib.Calls {
			if &lib.Calls[i] == call {
				return lib.Path
			}
		}
	}
	return ""
}

// BoundedBy returns the path of the library all of whose calls fn may bound, or "".
func BoundedBy(fn *types.Func) string {
	if lib := bounders[Name(fn)]; lib != nil {
		return lib.Path
	}
	return ""
}

// SetBy returns the paths of the libraries all of whose calls a string may bound: a DSN, a
// statement.
func SetBy(text string) []string {
	var paths []string
	for _, lib := range settings {
		if strings.Contains(text, lib.Setting) {
			paths = append(paths, lib.Path)
		}
	}
	return paths
}

// Intercepts returns the path of the library whose calls a function with that signature
// intercepts, or "".
func Intercepts(sig *types.Signature) string {
	for param := range sig.Params().Variables() {
		if lib := invokers[TypeName(param.Type())]; lib != nil {
			return lib.Path
		}
	}
	return ""
}
