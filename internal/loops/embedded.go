package loops

import (
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// Drives is the fact about a package which SQL drivers it is linked with, as far as the packages of its
// module show: of databases in the process, and of servers.
type Drives struct{ Embedded, Served bool }

// AFact makes Drives a fact.
func (*Drives) AFact() {}

func (d *Drives) String() string {
	switch {
	case d.Embedded && d.Served:
		return "drives databases in the process and on servers"
	case d.Embedded:
		return "drives a database in the process"
	}
	return "drives a database on a server"
}

// drives finds out which drivers the package and those that it imports have.
func (f *finder) drives() {
	for _, fact := range f.pass.AllPackageFacts() {
		if d, ok := fact.Fact.(*Drives); ok {
			f.drivers.Embedded = f.drivers.Embedded || d.Embedded
			f.drivers.Served = f.drivers.Served || d.Served
		}
	}
	for _, pkg := range f.pass.Pkg.Imports() {
		embedded, served := catalog.DatabaseOf(pkg.Path())
		f.drivers.Embedded = f.drivers.Embedded || embedded
		f.drivers.Served = f.drivers.Served || served
	}
	if own := f.drivers; own != (Drives{}) {
		f.pass.ExportPackageFact(&own)
	}
}

// isEmbedded reports whether a call is one of a database that is in the process: it has no other.
func (f *finder) isEmbedded(call ssa.CallInstruction) bool {
	if !f.drivers.Embedded || f.drivers.Served {
		return false
	}
	api := catalog.CallOf(flow.CalleeObject(call))
	return api != nil && catalog.GroupOf(api) == "database/sql"
}
