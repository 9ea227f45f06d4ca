// Package zap is a stub: Logger.Fatal leaves through a hook, which control flow alone cannot see.
package zap

import "os"

type Field struct{ Key string }

type Logger struct{ onFatal func(int) }

type SugaredLogger struct{ base *Logger }

func NewProduction() (*Logger, error) { return &Logger{onFatal: os.Exit}, nil }

func (l *Logger) Sugar() *SugaredLogger { return &SugaredLogger{base: l} }

func (l *Logger) Fatal(msg string, fields ...Field) { l.onFatal(1) }

func (s *SugaredLogger) Fatalf(template string, args ...interface{}) { s.base.onFatal(1) }
