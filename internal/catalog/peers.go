package catalog

import (
	"go/types"
	"strings"
)

// A PeerKind says what kind of client talks to another service.
type PeerKind string

// The kinds of clients. Databases, caches and brokers are none: they belong to the service itself.
const (
	HTTPPeer PeerKind = "HTTP client"
	GRPCPeer PeerKind = "gRPC connection"
	SaaSPeer PeerKind = "client"
)

// A Peer is a library by whose calls a program talks to other services.
type Peer struct {
	Path    string // import path without major version; packages below it count, too
	Version string // the release whose source the row was read in
	Source  string
	Kind    PeerKind
	Name    string // of the service behind an SDK, in messages

	// Clients are the types whose values are clients, and Makers the functions that make one. Of an SDK,
	// each function of its package that returns one of its types makes one.
	Clients []string
	Makers  []string
	// Base is the operand of makers that says where the service is, and Setters are methods that do.
	Base    Operand
	Setters []string
}

var peers = []*Peer{
	{Path: "net/http", Version: "Go 1.26", Source: "Client", Kind: HTTPPeer, Clients: []string{"net/http.Client"}},
	{
		Path: "github.com/hashicorp/go-retryablehttp", Version: "v0.7.8", Source: "NewClient", Kind: HTTPPeer,
		Clients: []string{"github.com/hashicorp/go-retryablehttp.Client"}, Makers: []string{"github.com/hashicorp/go-retryablehttp.NewClient"},
	},
	{
		Path: "github.com/hashicorp/go-cleanhttp", Version: "v0.5.2", Source: "DefaultClient", Kind: HTTPPeer,
		Makers: []string{"github.com/hashicorp/go-cleanhttp.DefaultClient", "github.com/hashicorp/go-cleanhttp.DefaultPooledClient"},
	},
	{
		Path: "github.com/go-resty/resty", Version: "v2.17.2", Source: "New, Client.SetBaseURL", Kind: HTTPPeer,
		Clients: []string{"github.com/go-resty/resty.Client"},
		Makers:  []string{"github.com/go-resty/resty.New", "github.com/go-resty/resty.NewWithClient"},
		Setters: []string{"github.com/go-resty/resty.Client.SetBaseURL", "github.com/go-resty/resty.Client.SetHostURL"},
	},
	{
		Path: "google.golang.org/grpc", Version: "v1.77.0", Source: "NewClient, DialContext", Kind: GRPCPeer,
		Clients: []string{"google.golang.org/grpc.ClientConn"},
		Makers:  []string{"google.golang.org/grpc.NewClient", "google.golang.org/grpc.Dial", "google.golang.org/grpc.DialContext"},
	},
	{Path: "github.com/google/go-github", Version: "v62.0.0", Source: "NewClient", Kind: SaaSPeer, Name: "GitHub"},
	{Path: "github.com/microsoft/azure-devops-go-api", Version: "v7.1.0", Source: "NewPatConnection", Kind: SaaSPeer, Name: "Azure DevOps"},
	{Path: "code.gitea.io/sdk/gitea", Version: "v0.25.1", Source: "NewClient", Kind: SaaSPeer, Name: "Gitea"},
	{Path: "github.com/digitalocean/godo", Version: "v1.237.0", Source: "NewClient", Kind: SaaSPeer, Name: "DigitalOcean"},
	{Path: "github.com/sashabaranov/go-openai", Version: "v1.43.0", Source: "NewClient", Kind: SaaSPeer, Name: "OpenAI"},
	{Path: "github.com/slack-go/slack", Version: "v0.35.0", Source: "New", Kind: SaaSPeer, Name: "Slack"},
	{Path: "github.com/sendgrid/sendgrid-go", Version: "v3.16.1", Source: "NewSendClient", Kind: SaaSPeer, Name: "SendGrid"},
	{Path: "github.com/stripe/stripe-go", Version: "v82.5.1", Source: "NewClient", Kind: SaaSPeer, Name: "Stripe"},
}

// PeerOf returns the library that declares fn, if programs talk to other services by it, or nil.
func PeerOf(fn *types.Func) *Peer {
	if fn == nil || fn.Pkg() == nil {
		return nil
	}
	return peerAt(Path(fn.Pkg().Path()))
}

func peerAt(path string) *Peer {
	for _, p := range peers {
		if path == p.Path || strings.HasPrefix(path, p.Path+"/") {
			return p
		}
	}
	return nil
}

// PeerNamed returns the library that declares the catalogued call or type of a name, if programs talk to
// other services by it, or nil.
func PeerNamed(name string) *Peer {
	if name == "" {
		return nil
	}
	return peerAt(packageOf(strings.TrimSuffix(name, " without a context")))
}

// Peers returns the libraries by which programs talk to other services, for documentation and tests. It must
// not be changed.
func Peers() []*Peer { return peers }

// IsClient reports whether t, or what it points to, is a client of a peer's library.
func IsClient(t types.Type) bool { return clientTypes[TypeName(t)] }

// DialsPeer returns the library of fn if it makes a client, or nil.
func DialsPeer(fn *types.Func) *Peer { return peerMakers[Name(fn)] }

var (
	clientTypes = map[string]bool{}
	peerMakers  = map[string]*Peer{}
)

func init() {
	for _, p := range peers {
		enlist(clientTypes, p.Clients)
		for _, maker := range p.Makers {
			peerMakers[maker] = p
		}
		known[p.Path] = true
	}
}
