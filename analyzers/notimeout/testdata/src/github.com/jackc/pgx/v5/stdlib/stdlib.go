// Package stdlib is a stub of pgx as a driver of database/sql.
package stdlib
