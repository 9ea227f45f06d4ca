package catalog

const machinery = "github.com/RichardKnop/machinery"

// A task whose worker dies goes back to its queue.
var _ = carry(&Traffic{
	Path:    machinery,
	Version: "v2, commit 260989d",
	Source:  "Server.RegisterTask, Server.RegisterTasks, Server.SendTask",
	Name:    "machinery", Again: "when it is to be retried, or its worker dies",
	Handlers: []Handler{
		{Name: machinery + ".Server.RegisterTask", Func: Arg1},
		{Name: machinery + ".Server.RegisterTasks", Func: Arg0}, // a map of them
	},
	Deeds: []Deed{
		{Name: machinery + ".Server.SendTask", Kind: Publishes}, {Name: machinery + ".Server.SendTaskWithContext", Kind: Publishes},
	},
})
