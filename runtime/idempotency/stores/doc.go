// Package stores holds the stores of package idempotency to the behaviours of package storetest,
// with real databases; only its tests need drivers, and so it is a module of its own.
//
// SQLite is always tested. The others are tested where there is a server: the one of a variable,
//
//	RESILINT_POSTGRES=postgres://user:password@localhost:5432/test
//	RESILINT_MARIADB=user:password@tcp(localhost:3306)/test
//	RESILINT_REDIS=redis://localhost:6379/0
//
// or else, on Linux, one that the tests start themselves, in a temporary directory and on a socket
// in it, if they find its programs: postgres and initdb, mariadbd and mariadb-install-db, or
// redis-server. If the tests run as root, PostgreSQL and MariaDB run as the users postgres and mysql. A
// test that finds no server is skipped, and says what it needs.
//
// In a database that is given, the tests make tables of their own, and drop them.
package stores
