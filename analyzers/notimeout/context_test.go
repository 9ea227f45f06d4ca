package notimeout_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/resilint/resilint/analyzers/notimeout"
)

// A folder is a fixture, with the packages below it.
type folder struct {
	name  string
	below []string
}

// contextFolders show who passes a context without a deadline to whom.
var contextFolders = []folder{
	{name: "ctxnear"},  // to functions of the package
	{name: "ctxforms"}, // in every form of a call
	{name: "ctxthrough", below: []string{"catalog", "stock"}}, // through other packages
	{name: "ctxdials"},   // to functions that dial
	{name: "ctxderived"}, // which contexts have a deadline
	{name: "ctxrounds"},  // to loops and goroutines: the call inside is reported
	{name: "ctxmain"},    // to what runs as long as a program
	{name: "ctxbounded"}, // silent: bounded by the callee
	{name: "ctxdefault"}, // silent: http.DefaultClient has a timeout
	{name: "ctxnotmine"}, // silent: the caller's, or unknown
	{name: "ctxlasting"}, // silent: it lives as long as the process
	{name: "ctxinert"},   // silent: nothing is waited for
}

// acrossFolders show what is handed from package to package, as go vet sees it.
var acrossFolders = []folder{
	{name: "acrossctx", below: []string{"ctxkit", "ops"}},
	{name: "acrossreq", below: []string{"reqkit"}},
	{name: "acrossclient", below: []string{"webkit"}},
	{name: "acrosschain", below: []string{"gateway", "wire"}},
	{name: "acrossmade", below: []string{"pool"}},
	{name: "acrossbody", below: []string{"fetch"}},
}

func TestContext(t *testing.T) { checkFolders(t, contextFolders) }

func TestAcrossPackages(t *testing.T) { checkFolders(t, acrossFolders) }

// checkFolders loads the folders together, which is what takes long, and has a test for each.
func checkFolders(t *testing.T, folders []folder) {
	t.Helper()
	var paths []string
	for _, f := range folders {
		paths = append(paths, f.name)
		for _, below := range f.below {
			paths = append(paths, f.name+"/"+below)
		}
	}
	errs := &errorList{t: t}
	analysistest.Run(errs, analysistest.TestData(), notimeout.Analyzer, paths...)
	for _, f := range folders {
		t.Run(f.name, func(t *testing.T) {
			for _, err := range errs.of(f.name) {
				t.Error(err)
			}
		})
	}
	for _, err := range errs.all {
		t.Error(err)
	}
}

// errorList collects what analysistest finds wrong.
type errorList struct {
	t   *testing.T
	all []string
}

func (l *errorList) Errorf(format string, args ...any) {
	l.all = append(l.all, fmt.Sprintf(format, args...))
}

// of takes the errors of a folder from the list.
func (l *errorList) of(name string) []string {
	var of, others []string
	for _, err := range l.all {
		if strings.HasPrefix(err, name+"/") {
			of = append(of, err)
		} else {
			others = append(others, err)
		}
	}
	l.all = others
	return of
}
