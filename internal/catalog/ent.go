package catalog

// ent generates code that passes its contexts to these. A query ends in its Querier, behind which
// are interceptors and, last, the database; what mutations pass theirs to is a function value, and
// unknown. Schema.Create changes the schema, and takes as long as it takes.
var _ = register(&Library{
	Path:     "entgo.io/ent",
	Version:  "v0.14.5",
	Default:  "for ever",
	Source:   "Querier, NewQueryContext",
	Drivers:  sqlDrivers,
	Settings: sqlSettings,
	Fields:   sqlFields,
	Invoker:  "entgo.io/ent.Querier", // of an interceptor
	Calls:    each(sqlContext, "entgo.io/ent.Querier", "Query"),
	Hands: []Handover{
		{Name: "entgo.io/ent.NewQueryContext", Effect: Keeps, Parent: Arg0},
	},
})

var _ = register(&Library{
	Path:     "entgo.io/ent/dialect",
	Version:  "v0.14.5",
	Default:  "for ever",
	Source:   "dialect/sql.Conn.Query",
	Drivers:  sqlDrivers,
	Settings: sqlSettings,
	Fields:   sqlFields,
	Calls:    each(sqlContext, "entgo.io/ent/dialect.ExecQuerier", "Exec", "Query"),
	Families: []Family{{Path: "entgo.io/ent/dialect/sql/sqlgraph", Functions: true, Call: sqlContext}},
})
