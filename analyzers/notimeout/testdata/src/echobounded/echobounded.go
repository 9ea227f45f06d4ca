// Package echobounded serves with a release of echo that has timeouts.
package echobounded

import "github.com/labstack/echo/v5"

func serve() error {
	e := echo.New()
	return e.Start(":8080")
}
