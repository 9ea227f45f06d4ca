// Package mongo is a stub.
package mongo

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

type Client struct{}

func Connect(opts ...*options.ClientOptions) (*Client, error) { return &Client{}, nil }

func (c *Client) Ping(ctx context.Context, rp any) error { return nil }
func (c *Client) Disconnect(ctx context.Context) error   { return nil }
func (c *Client) Database(name string) *Database         { return &Database{} }

type Database struct{}

func (db *Database) Collection(name string) *Collection { return &Collection{} }

type Collection struct{}

func (c *Collection) Find(ctx context.Context, filter any) (*Cursor, error)          { return nil, nil }
func (c *Collection) FindOne(ctx context.Context, filter any) *SingleResult          { return nil }
func (c *Collection) InsertOne(ctx context.Context, doc any) (any, error)            { return nil, nil }
func (c *Collection) Watch(ctx context.Context, pipeline any) (*ChangeStream, error) { return nil, nil }
func (c *Collection) Indexes() IndexView                                             { return IndexView{} }

type IndexView struct{}

func (iv IndexView) CreateOne(ctx context.Context, model any) (string, error) { return "", nil }

type SingleResult struct{}

func (r *SingleResult) Decode(v any) error { return nil }

type Cursor struct{}

func (c *Cursor) All(ctx context.Context, results any) error { return nil }
func (c *Cursor) Next(ctx context.Context) bool              { return false }
func (c *Cursor) Close(ctx context.Context) error            { return nil }

type ChangeStream struct{}

func (cs *ChangeStream) Next(ctx context.Context) bool { return false }
