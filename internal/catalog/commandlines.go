package catalog

import "go/types"

// commandLines are the types whose function fields are what a command of a command line runs: spf13/cobra
// v1.10.1 (Command.RunE and the like), urfave/cli v2.27.7, v3.5.0 (Command.Action), and its
// fork minio/cli v1.24.2 (Command.Action).
var commandLines = map[string]bool{
	"github.com/spf13/cobra.Command": true,
	"github.com/urfave/cli.Command":  true,
	"github.com/urfave/cli.App":      true,
	"github.com/minio/cli.Command":   true,
	"github.com/minio/cli.App":       true,
}

// IsCommand reports whether t, or the type it points to, describes a command of a command line.
func IsCommand(t types.Type) bool { return commandLines[TypeName(t)] }
