// Package status is a stub.
package status

import "google.golang.org/grpc/codes"

// Code returns the code of an error.
func Code(err error) codes.Code { return codes.OK }
