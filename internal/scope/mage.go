package scope

import (
	"go/types"
	"strings"
)

// builders are libraries that what builds a project is written with, in place of a Makefile: mage v1.17.2,
// whose targets developers and build servers run.
var builders = []string{"github.com/magefile/mage"}

// builds reports whether a package is part of what builds its project: no service imports such a library.
func builds(pkg *types.Package) bool {
	if pkg == nil {
		return false
	}
	for _, imported := range pkg.Imports() {
		for _, library := range builders {
			if imported.Path() == library || strings.HasPrefix(imported.Path(), library+"/") {
				return true
			}
		}
	}
	return false
}
