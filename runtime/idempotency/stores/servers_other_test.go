//go:build !linux

package stores

import "errors"

var errNotStarted = errors.New("servers are started on Linux only")

func startPostgres() (string, func(), error) { return "", nil, errNotStarted }

func startMariaDB() (string, func(), error) { return "", nil, errNotStarted }

func startRedis() (string, func(), error) { return "", nil, errNotStarted }
