package catalog

// Rows and documents that are added without a statement of the program's own.

var _ = carry(&Traffic{
	Path: "gorm.io/gorm", Version: "v1.31.2", Source: "DB.Create; clause.OnConflict",
	Deeds:  []Deed{{Name: "gorm.io/gorm.DB.Create", Kind: Inserts}, {Name: "gorm.io/gorm.DB.CreateInBatches", Kind: Inserts}},
	Guards: []string{"gorm.io/gorm.DB.Clauses", "gorm.io/gorm.DB.FirstOrCreate", "gorm.io/gorm.DB.FirstOrInit"},
	Absent: []string{"gorm.io/gorm.ErrRecordNotFound", "gorm.io/gorm.ErrDuplicatedKey"},
})

var _ = carry(&Traffic{
	Path: "go.mongodb.org/mongo-driver/mongo", Version: "v1.17.10", Source: "Collection.InsertOne; IsDuplicateKeyError",
	Deeds: []Deed{
		{Name: "go.mongodb.org/mongo-driver/mongo.Collection.InsertOne", Kind: Inserts},
		{Name: "go.mongodb.org/mongo-driver/mongo.Collection.InsertMany", Kind: Inserts},
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

var _ = carry(&Traffic{
	Path: "github.com/redis/go-redis", Version: "v9.23.0", Source: "Nil, Client.SetNX",
	Absent: []string{"github.com/redis/go-redis.Nil"},
	Guards: []string{"github.com/redis/go-redis.cmdable.SetNX", "github.com/redis/go-redis.StringCmdable.SetNX", "github.com/redis/go-redis.Cmdable.SetNX"},
})
