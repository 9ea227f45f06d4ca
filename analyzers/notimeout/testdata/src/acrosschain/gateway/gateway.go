// Package gateway stands between its importers and package wire.
package gateway

import (
	"context"
	"net/http"

	"acrosschain/wire"
)

func Fetch(hc *http.Client, url string) error { return wire.Fetch(hc, url) }

func Quickly(hc *http.Client, url string) error { return wire.Quickly(hc, url) }

type Gateway struct{ hc *http.Client }

func New(hc *http.Client) *Gateway { return &Gateway{hc: hc} }

func (g *Gateway) Fetch(url string) error { return wire.Fetch(g.hc, url) }

func Bounded() *http.Client { return wire.Bounded() }

func Request(ctx context.Context, url string) (*http.Request, error) { return wire.Request(ctx, url) }

func Context() (context.Context, context.CancelFunc) { return wire.Context() }
