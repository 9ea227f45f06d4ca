package catalog

import "strings"

// programs are libraries whose calls start programs on the same machine: a subprocess is no remote
// call, though it is given a context, and may fail.
var programs = []string{
	"github.com/containerd/go-cni",
	"github.com/containernetworking/cni",
	"k8s.io/utils/exec",
}

// RunsPrograms reports whether the calls of a package start programs.
func RunsPrograms(path string) bool {
	path = Path(path)
	for _, lib := range programs {
		if path == lib || strings.HasPrefix(path, lib+"/") {
			return true
		}
	}
	return false
}
