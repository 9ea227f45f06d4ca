// Package klog is a stub: Fatal leaves through a replaceable variable, which control flow alone cannot see.
package klog

import "os"

var OsExit = os.Exit

func Fatal(args ...interface{}) { OsExit(255) }

func Fatalf(format string, args ...interface{}) { OsExit(255) }

func Exit(args ...interface{}) { OsExit(1) }
