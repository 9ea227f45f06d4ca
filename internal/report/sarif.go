package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/resilint/resilint/internal/doc"
	"github.com/resilint/resilint/internal/severity"
)

// The types below are the part of SARIF 2.1.0 that is used.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		ColumnKind  string            `json:"columnKind"`
		Invocations []sarifInvocation `json:"invocations"`
		Results     []sarifResult     `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"semanticVersion,omitempty"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string         `json:"id"`
		Name             string         `json:"name"`
		ShortDescription sarifText      `json:"shortDescription"`
		FullDescription  sarifText      `json:"fullDescription"`
		HelpURI          string         `json:"helpUri"`
		Help             sarifText      `json:"help"`
		Default          sarifLevel     `json:"defaultConfiguration"`
		Properties       sarifRuleProps `json:"properties"`
	}
	sarifLevel struct {
		Level string `json:"level"`
	}
	sarifRuleProps struct {
		Tags      []string `json:"tags"`
		Precision string   `json:"precision"`
		Severity  string   `json:"problem.severity"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    *int              `json:"ruleIndex,omitempty"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		Fixes        []sarifFix        `json:"fixes,omitempty"`
	}
	sarifLocation struct {
		ID       int           `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI    string `json:"uri"`
		BaseID string `json:"uriBaseId,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
	}
)

// SARIF prints findings in the Static Analysis Results Interchange Format, 2.1.0, as GitHub code scanning
// takes it.
type SARIF struct {
	Root    string // paths are relative to it: the root of the repository
	Version string // of resilint, "" if it has none
	Rules   []doc.Rule
}

const home = "https://github.com/resilint/resilint"

// Write writes findings, which are sorted, and failures to w.
func (s SARIF) Write(w io.Writer, findings []Finding, failures []Failure) error {
	run := sarifRun{
		Tool:        sarifTool{sarifDriver{Name: "resilint", Version: strings.TrimPrefix(s.Version, "v"), InformationURI: home, Rules: []sarifRule{}}},
		ColumnKind:  "utf16CodeUnits",
		Invocations: []sarifInvocation{{Successful: len(failures) == 0}},
		Results:     []sarifResult{},
	}
	index := map[string]int{}
	for i, rule := range s.Rules {
		index[rule.ID] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, newSARIFRule(rule))
	}
	for _, f := range failures {
		run.Invocations[0].Notifications = append(run.Invocations[0].Notifications, sarifNotification{
			Level: "error", Message: sarifText{Text: fmt.Sprintf("rule %s failed on package %s: %v", f.Rule, f.Package, f.Err)},
		})
	}
	src := sources{}
	fingerprints := Fingerprints(s.Root, findings)
	for i, f := range findings {
		result := sarifResult{
			RuleID: f.Rule + "/" + f.Code, Level: severity.Of(f.Rule, f.Code).String(), Message: sarifText{Text: f.Message},
			Locations:    []sarifLocation{{Physical: s.physical(src, f.Pos.Filename, f.Pos.Offset, f.End.Offset)}},
			Fingerprints: map[string]string{"resilint/v1": fingerprints[i], "primaryLocationLineHash": fingerprints[i]},
		}
		if at, ok := index[result.RuleID]; ok {
			result.RuleIndex = &at
		}
		for j, r := range f.Related {
			result.Related = append(result.Related, sarifLocation{
				ID: j + 1, Physical: s.physical(src, r.Pos.Filename, r.Pos.Offset, r.End.Offset), Message: &sarifText{Text: r.Message},
			})
		}
		for _, fix := range f.Fixes {
			result.Fixes = append(result.Fixes, s.fix(src, fix))
		}
		run.Results = append(run.Results, result)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
}

func newSARIFRule(rule doc.Rule) sarifRule {
	kind := map[severity.Level]string{severity.Note: "recommendation", severity.Warning: "warning", severity.Error: "error"}[rule.Level]
	return sarifRule{
		ID: rule.ID, Name: rule.ID,
		ShortDescription: sarifText{Text: rule.Title},
		FullDescription:  sarifText{Text: rule.Text},
		HelpURI:          rule.URL,
		Help:             sarifText{Text: rule.Text + "\n" + rule.URL, Markdown: fmt.Sprintf("%s\n\n[%s](%s)", rule.Text, rule.ID, rule.URL)},
		Default:          sarifLevel{rule.Level.String()},
		Properties:       sarifRuleProps{Tags: []string{"reliability"}, Precision: "high", Severity: kind},
	}
}

func (s SARIF) artifact(name string) sarifArtifact {
	rel := filepath.ToSlash(Rel(s.Root, name))
	return sarifArtifact{URI: (&url.URL{Path: rel}).EscapedPath(), BaseID: "%SRCROOT%"}
}

func (s SARIF) physical(src sources, name string, from, to int) sarifPhysical {
	return sarifPhysical{s.artifact(name), src.region(name, from, to)}
}

func (s SARIF) fix(src sources, fix Fix) sarifFix {
	res := sarifFix{Description: sarifText{Text: fix.Message}}
	at := map[string]int{}
	for _, e := range fix.Edits {
		i, ok := at[e.Filename]
		if !ok {
			i = len(res.Changes)
			at[e.Filename] = i
			res.Changes = append(res.Changes, sarifChange{Artifact: s.artifact(e.Filename)})
		}
		res.Changes[i].Replacements = append(res.Changes[i].Replacements, sarifReplacement{src.region(e.Filename, e.Start, e.End), sarifText{Text: e.New}})
	}
	return res
}

// sources are the contents of files, by name.
type sources map[string][]byte

func (s sources) read(name string) []byte {
	src, ok := s[name]
	if !ok {
		src, _ = os.ReadFile(name) // without it, columns are 1
		s[name] = src
	}
	return src
}

// region returns the place of the bytes from, to of a file in lines and UTF-16 columns.
func (s sources) region(name string, from, to int) sarifRegion {
	src := s.read(name)
	from, to = min(max(from, 0), len(src)), min(max(from, to), len(src))
	place := func(offset int) (line, column int) {
		before := src[:offset]
		start := bytes.LastIndexByte(before, '\n') + 1
		return bytes.Count(before, []byte("\n")) + 1, 1 + units(before[start:])
	}
	var r sarifRegion
	r.StartLine, r.StartColumn = place(from)
	r.EndLine, r.EndColumn = place(to)
	return r
}

// units returns how many UTF-16 code units a text has.
func units(text []byte) int {
	n := 0
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		n += max(utf16.RuneLen(r), 1)
		text = text[size:]
	}
	return n
}
