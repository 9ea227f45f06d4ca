package catalog

import (
	"go/types"
	"slices"
	"strings"
)

// clouds are SDKs all methods of whose clients that fail send a request, also those without a context
// (aws-sdk-go v1.55.8, service/ssm: SSM.GetParameter).
var clouds = []string{"github.com/aws/aws-sdk-go/service/"}

// CallsCloud reports whether fn sends a request by the SDK of a cloud. What it returns besides is a request
// that has yet to be sent.
func CallsCloud(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil || fn.Signature().Recv() == nil || !fails(fn.Signature()) || strings.HasSuffix(fn.Name(), "Request") {
		return false
	}
	return isCloud(Path(fn.Pkg().Path()))
}

func isCloud(path string) bool {
	return slices.ContainsFunc(clouds, func(cloud string) bool { return strings.HasPrefix(path+"/", cloud) })
}
