package deploy

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"go.yaml.in/yaml/v3"
)

// A Workload is a program as a manifest of Kubernetes has it run.
type Workload struct {
	Place // of its kind; Text is the kind
	Name  string

	Containers []*Container
	// Grace is how many seconds it has to end in, as the manifest says itself; 0 if it does not.
	Grace   int
	GraceAt Place
}

// A Container is one of a workload's.
type Container struct {
	Name, Image string
	Live, Ready *Probe
	Limits      bool // of CPU or memory
	PreStop     bool // something is done before it is told to end
}

// A Probe is how an orchestrator asks a container how it is.
type Probe struct {
	Place
	Path string // of an HTTP request; "" where it asks in another way
	RPC  bool   // by gRPC's health protocol
}

// Runs reports whether a workload runs a program of that name: one of its containers, its image, or the workload
// itself has it.
func (w *Workload) Runs(program string) bool {
	if strings.EqualFold(w.Name, program) {
		return true
	}
	for _, c := range w.Containers {
		image := c.Image[strings.LastIndexByte(c.Image, '/')+1:]
		image, _, _ = strings.Cut(image, "@")
		image, _, _ = strings.Cut(image, ":")
		if strings.EqualFold(c.Name, program) || strings.EqualFold(image, program) {
			return true
		}
	}
	return false
}

var (
	kinds    = regexp.MustCompile(`^(Deployment|StatefulSet|DaemonSet|ReplicaSet|Pod|Rollout|Job|CronJob)$`)
	chaos    = regexp.MustCompile(`^(chaos-mesh\.org|litmuschaos\.io)/`)
	controls = regexp.MustCompile(`(?m)^\s*\{\{-?\s*(if|else|end|range|with|define|template|include|/\*|\$)[^\n]*\}\}\s*$`)
	inlined  = regexp.MustCompile(`\{\{[^}]*\}\}`)
)

// manifest reads the documents of a YAML file. Of a template it reads what is left without its actions.
func (s *Survey) manifest(path string, data []byte) {
	if !bytes.Contains(data, []byte("kind:")) {
		return
	}
	if bytes.Contains(data, []byte("{{")) {
		data = inlined.ReplaceAll(controls.ReplaceAllFunc(data, func([]byte) []byte { return nil }), []byte("template"))
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	for {
		var doc yaml.Node
		if err := dec.Decode(&doc); err != nil {
			return // at its end, or what is left is no YAML and says nothing
		}
		if len(doc.Content) == 0 {
			continue
		}
		at := node{path, doc.Content[0]}
		kind := at.get("kind")
		switch {
		case kinds.MatchString(kind.text()):
			s.Workloads = append(s.Workloads, at.workload())
		case chaos.MatchString(at.get("apiVersion").text()):
			s.Experiments = append(s.Experiments, &Experiment{Place: kind.place(strings.TrimSpace(kind.text() + " " + at.get("metadata", "name").text()))})
		}
	}
}

// A node is one of a YAML file.
type node struct {
	file string
	*yaml.Node
}

// get returns what stands under keys; its Node is nil where nothing does.
func (n node) get(keys ...string) node {
	for _, key := range keys {
		var next *yaml.Node
		if n.Node != nil && n.Kind == yaml.MappingNode {
			for i := 0; i+1 < len(n.Content); i += 2 {
				if n.Content[i].Value == key {
					next = n.Content[i+1]
				}
			}
		}
		n.Node = next
	}
	return n
}

func (n node) text() string {
	if n.Node == nil || n.Kind != yaml.ScalarNode {
		return ""
	}
	return n.Value
}

func (n node) place(text string) Place { return Place{n.file, n.Line, text} }

func (n node) workload() *Workload {
	kind := n.get("kind")
	w := &Workload{Place: kind.place(kind.text()), Name: n.get("metadata", "name").text()}
	spec := n.get("spec", "template", "spec")
	switch kind.text() {
	case "Pod":
		spec = n.get("spec")
	case "CronJob":
		spec = n.get("spec", "jobTemplate", "spec", "template", "spec")
	}
	if grace := spec.get("terminationGracePeriodSeconds"); grace.text() != "" {
		if seconds, err := strconv.Atoi(grace.text()); err == nil {
			w.Grace, w.GraceAt = seconds, grace.place("terminationGracePeriodSeconds: "+grace.text())
		}
	}
	containers := spec.get("containers")
	if containers.Node == nil {
		return w
	}
	for _, item := range containers.Content {
		c := node{n.file, item}
		w.Containers = append(w.Containers, &Container{
			Name: c.get("name").text(), Image: c.get("image").text(),
			Live: c.get("livenessProbe").probe(), Ready: c.get("readinessProbe").probe(),
			Limits: c.get("resources", "limits").Node != nil, PreStop: c.get("lifecycle", "preStop").Node != nil,
		})
	}
	return w
}

func (n node) probe() *Probe {
	if n.Node == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	p := &Probe{Place: n.place("probe"), RPC: n.get("grpc").Node != nil}
	if path := n.get("httpGet", "path"); path.text() != "" {
		p.Path, _, _ = strings.Cut(path.text(), "?")
		p.Line = path.Line
	}
	return p
}
