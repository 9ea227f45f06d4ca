// Package requires has the module require what its fixes use.
package requires

import _ "github.com/resilint/resilint/runtime/httpclient"
