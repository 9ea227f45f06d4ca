module example.org/behave

go 1.24

require github.com/resilint/resilint/runtime v0.1.0

replace github.com/resilint/resilint/runtime => ../../../../runtime
