package catalog

// The driver waits 30 s for a server to be selected. A server that is gone fails two heartbeats
// (10 s, connectTimeoutMS of 30 s), and the connections in use are then closed (topology/server.go,
// clearAll; since v1.12): measured, a server that stops answering ends a Find. One that answers
// heartbeats and not the operation, because of a lock or a missing index, is waited for as long as
// the context allows, unless SetTimeout, the URI's timeoutMS, or a MaxTime bounds it
// (ClientOptions.Timeout: nil); likewise measured. A live server answers a Ping.
//
// Building an index takes as long as it takes, what a change stream waits for is its business, and
// cleaning up is not cut short. Connect of v1 connects in the background.
var _ = register(&Library{
	Path:    "go.mongodb.org/mongo-driver/mongo",
	Version: "v2.10.0",
	Default: "for ever, on a server that answers heartbeats; 30 s to select one",
	Source:  "options.ClientOptions.Timeout; topology.Server.update",
	Families: []Family{{
		Except: []string{
			"Connect", "Disconnect", "Ping", "Watch", "Close", "UseSession", "UseSessionWithOptions", "AbortTransaction",
			"CreateOne", "CreateMany",
		},
		Call: mongoCall,
	}},
	// These return a result that holds the error.
	Calls: concat(
		each(mongoCall, "go.mongodb.org/mongo-driver/mongo.Collection", "FindOne", "FindOneAndDelete", "FindOneAndReplace", "FindOneAndUpdate"),
		each(mongoCall, "go.mongodb.org/mongo-driver/mongo.Database", "RunCommand"),
	),
	Bounders: []string{
		"go.mongodb.org/mongo-driver/mongo/options.ClientOptions.SetTimeout",
		"go.mongodb.org/mongo-driver/mongo/options.ClientOptions.SetSocketTimeout",
		"go.mongodb.org/mongo-driver/mongo/options.FindOptions.SetMaxTime",
		"go.mongodb.org/mongo-driver/mongo/options.FindOneOptions.SetMaxTime",
		"go.mongodb.org/mongo-driver/mongo/options.AggregateOptions.SetMaxTime",
		"go.mongodb.org/mongo-driver/mongo/options.CountOptions.SetMaxTime",
	},
	Settings: []string{"timeoutMS", "socketTimeoutMS", "maxTimeMS"},
})

var mongoCall = Call{
	Kind: Query, Context: Arg0, Advice: "MongoDB's driver gives up only on a server that is gone",
	Stuck: "the server is alive and the operation stuck",
}
