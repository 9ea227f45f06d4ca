package catalog

const withContext = "call it on db.WithContext(ctx), with a context from context.WithTimeout"

// gorm's statements have the background context unless WithContext, or the DefaultContextTimeout
// of its Config, gives them another (v1.31.2, Statement.Context). What is known of a *gorm.DB is
// where Open made it.
var _ = register(&Library{
	Path:     "gorm.io/gorm",
	Over:     "database/sql",
	Version:  "v1.31.2",
	Default:  "for ever",
	Source:   "Statement.Context, Config.DefaultContextTimeout",
	Drivers:  []string{"gorm.io/driver/postgres", "gorm.io/driver/mysql"},
	Settings: sqlSettings,
	Fields:   append([]string{"gorm.io/gorm.Config.DefaultContextTimeout", "gorm.io/gorm.Config.DefaultTransactionTimeout"}, sqlFields...),
	Calls: each(Call{Kind: Query, Request: Recv, Once: true, Advice: withContext, Waits: sqlWaits}, "gorm.io/gorm.DB",
		"Create", "CreateInBatches", "Save", "First", "Take", "Last", "Find", "FindInBatches", "FirstOrInit", "FirstOrCreate",
		"Update", "Updates", "UpdateColumn", "UpdateColumns", "Delete", "Count", "Row", "Rows", "Scan", "Pluck", "Exec"),
	Hands: gormChain("Model", "Table", "Where", "Not", "Or", "Joins", "InnerJoins", "Preload", "Select", "Omit", "Order", "Limit",
		"Offset", "Group", "Having", "Distinct", "Clauses", "Scopes", "Unscoped", "Debug", "Raw", "Attrs", "Assign", "Set", "MapColumns", "Begin"),
})

func gormChain(names ...string) []Handover {
	hands := []Handover{
		{Name: "gorm.io/gorm.Open", Effect: Drops},
		{Name: "gorm.io/gorm.DB.WithContext", Effect: Keeps, Parent: Arg0},
	}
	for _, name := range names {
		hands = append(hands, Handover{Name: "gorm.io/gorm.DB." + name, Effect: Keeps, Parent: Recv})
	}
	return hands
}
