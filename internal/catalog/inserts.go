package catalog

// Rows and documents that are added without a statement of the program's own, and numbers that are
// added to.
var _ = carry(&Traffic{
	Path: "gorm.io/gorm", Version: "v1.31.2", Source: "DB.Create, DB.Where, DB.First; Expr; clause.OnConflict",
	Deeds: []Deed{
		{Name: "gorm.io/gorm.DB.Create", Kind: Inserts, Row: Arg0}, {Name: "gorm.io/gorm.DB.CreateInBatches", Kind: Inserts, Row: Arg0},
		{Name: "gorm.io/gorm.Expr", Kind: Adds, Text: Arg0},
	},
	Clears: []Deed{{Name: "gorm.io/gorm.DB.Delete", Row: Arg0}},
	Wheres: []string{"gorm.io/gorm.DB.Where"},
	Firsts: []string{"gorm.io/gorm.DB.First", "gorm.io/gorm.DB.Take", "gorm.io/gorm.DB.Last"},
	Lists:  []string{"gorm.io/gorm.DB.Find"},
	Guards: []string{"gorm.io/gorm.DB.Clauses", "gorm.io/gorm.DB.FirstOrCreate", "gorm.io/gorm.DB.FirstOrInit"},
	Absent: []string{"gorm.io/gorm.ErrRecordNotFound", "gorm.io/gorm.ErrDuplicatedKey"},
})

var _ = carry(&Traffic{
	Path: bun, Version: "v1.3.0", Source: "InsertQuery.Exec, InsertQuery.On, UpdateQuery.Set",
	Deeds: []Deed{
		{Name: bun + ".InsertQuery.Exec", Kind: Inserts, Chain: []string{bun + ".InsertQuery.Model"}},
		{Name: bun + ".InsertQuery.Scan", Kind: Inserts, Chain: []string{bun + ".InsertQuery.Model"}},
		{Name: bun + ".UpdateQuery.Set", Kind: Adds, Text: Arg0},
	},
	Clears: []Deed{{Name: bun + ".DeleteQuery.Exec", Chain: []string{bun + ".DeleteQuery.Model"}}},
	Wheres: []string{bun + ".UpdateQuery.Where"},
	Guards: []string{bun + ".InsertQuery.On", bun + ".InsertQuery.Ignore", bun + ".InsertQuery.Replace", bun + ".SelectQuery.For"},
})

const bun = "github.com/uptrace/bun"

var _ = carry(&Traffic{
	Path: squirrel, Version: "v1.5.4", Source: "InsertBuilder.Exec, InsertBuilder.ToSql, StatementBuilderType.Replace",
	Deeds: append(squirrelInserts("Exec", "ExecContext", "Query", "QueryContext", "QueryRow", "QueryRowContext", "Scan", "ScanContext", "ToSql", "MustSql"),
		Deed{Name: squirrel + ".Expr", Kind: Adds, Text: Arg0}),
	Wheres: []string{squirrel + ".UpdateBuilder.Where"},
	Guards: []string{squirrel + ".Replace", squirrel + ".StatementBuilderType.Replace", squirrel + ".InsertBuilder.Options"},
})

const squirrel = "github.com/Masterminds/squirrel"

func squirrelInserts(methods ...string) []Deed {
	var deeds []Deed
	for _, method := range methods {
		deeds = append(deeds, Deed{
			Name: squirrel + ".InsertBuilder." + method, Kind: Inserts, Chain: []string{squirrel + ".InsertBuilder.Columns", squirrel + ".InsertBuilder.SetMap"},
		})
	}
	return deeds
}

var _ = carry(&Traffic{
	Path: goqu, Version: "v9.19.0", Source: "InsertDataset.Executor, InsertDataset.ToSQL, InsertDataset.OnConflict",
	Deeds: []Deed{
		{Name: goqu + ".InsertDataset.Executor", Kind: Inserts, Chain: []string{goqu + ".InsertDataset.Rows", goqu + ".InsertDataset.Cols"}},
		{Name: goqu + ".InsertDataset.ToSQL", Kind: Inserts, Chain: []string{goqu + ".InsertDataset.Rows", goqu + ".InsertDataset.Cols"}},
		{Name: goqu + ".L", Kind: Adds, Text: Arg0},
	},
	Wheres: []string{goqu + ".UpdateDataset.Where"},
	Guards: []string{goqu + ".InsertDataset.OnConflict", goqu + ".SelectDataset.ForUpdate"},
})

const goqu = "github.com/doug-martin/goqu"

var _ = carry(&Traffic{
	Path: "go.mongodb.org/mongo-driver/mongo", Version: "v1.17.10", Source: "Collection.InsertOne; IsDuplicateKeyError",
	Deeds: []Deed{
		{Name: "go.mongodb.org/mongo-driver/mongo.Collection.InsertOne", Kind: Inserts, Row: Arg1},
		{Name: "go.mongodb.org/mongo-driver/mongo.Collection.InsertMany", Kind: Inserts, Row: Arg1},
	},
	Guards: []string{"go.mongodb.org/mongo-driver/mongo.IsDuplicateKeyError"},
	Absent: []string{"go.mongodb.org/mongo-driver/mongo.ErrNoDocuments"},
})

var _ = carry(&Traffic{
	Path: "database/sql", Version: "Go 1.26", Source: "ErrNoRows",
	Absent: []string{"database/sql.ErrNoRows"},
})

var _ = carry(&Traffic{
	Path: "github.com/jackc/pgx", Version: "v5.12.0", Source: "ErrNoRows",
	Absent: []string{"github.com/jackc/pgx.ErrNoRows"},
})

var (
	_ = redisTraffic("github.com/redis/go-redis", "v9.23.0", "Nil, StringCmdable, HashCmdable, SortedSetCmdable")
	_ = redisTraffic("github.com/go-redis/redis", "v8.11.5", "Nil, Cmdable")
)

// redisTraffic: clients send a command again, whose answer was lost (Options.MaxRetries: 3).
func redisTraffic(path, version, source string) bool {
	t := &Traffic{Path: path, Version: version, Source: source, Absent: []string{path + ".Nil"}}
	for _, owner := range []string{"cmdable", "Cmdable", "StringCmdable", "HashCmdable", "SortedSetCmdable"} {
		for _, name := range []string{"SetNX", "HSetNX"} {
			t.Guards = append(t.Guards, path+"."+owner+"."+name)
		}
		for _, name := range []string{"Incr", "IncrBy", "IncrByFloat", "Decr", "DecrBy", "HIncrBy", "HIncrByFloat", "ZIncrBy"} {
			t.Deeds = append(t.Deeds, Deed{Name: path + "." + owner + "." + name, Kind: Adds, Of: Arg1})
		}
	}
	return carry(t)
}
