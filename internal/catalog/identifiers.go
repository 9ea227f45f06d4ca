package catalog

// Functions that return another id each time.

var _ = carry(&Traffic{
	Path: "github.com/google/uuid", Version: "v1.6.0", Source: "New, NewV7",
	Fresh: []string{
		"github.com/google/uuid.New", "github.com/google/uuid.NewString", "github.com/google/uuid.NewUUID", "github.com/google/uuid.NewRandom",
		"github.com/google/uuid.NewV6", "github.com/google/uuid.NewV7",
	},
})

var _ = carry(&Traffic{
	Path: "github.com/gofrs/uuid", Version: "v5.5.1", Source: "NewV1, NewV4, NewV7",
	Fresh: []string{"github.com/gofrs/uuid.NewV1", "github.com/gofrs/uuid.NewV4", "github.com/gofrs/uuid.NewV6", "github.com/gofrs/uuid.NewV7"},
})

var _ = carry(&Traffic{
	Path: "github.com/satori/go.uuid", Version: "v1.2.0", Source: "NewV1, NewV4",
	Fresh: []string{"github.com/satori/go.uuid.NewV1", "github.com/satori/go.uuid.NewV4"},
})

var _ = carry(&Traffic{
	Path: "github.com/oklog/ulid", Version: "v2.1.2", Source: "Make, New, MustNewDefault",
	Fresh: []string{"github.com/oklog/ulid.Make", "github.com/oklog/ulid.New", "github.com/oklog/ulid.MustNew", "github.com/oklog/ulid.MustNewDefault"},
})

var _ = carry(&Traffic{Path: "github.com/rs/xid", Version: "v1.6.0", Source: "New", Fresh: []string{"github.com/rs/xid.New"}})

var _ = carry(&Traffic{
	Path: "github.com/segmentio/ksuid", Version: "v1.0.4", Source: "New, NewRandom",
	Fresh: []string{"github.com/segmentio/ksuid.New", "github.com/segmentio/ksuid.NewRandom"},
})

var _ = carry(&Traffic{
	Path: "crypto/rand", Version: "Go 1.26", Source: "Read, Text",
	Fresh: []string{"crypto/rand.Read", "crypto/rand.Text"},
})
