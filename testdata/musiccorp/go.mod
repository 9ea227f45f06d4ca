module github.com/musiccorp/musiccorp

go 1.24
