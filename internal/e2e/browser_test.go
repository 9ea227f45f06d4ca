package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// browser returns a Chromium that runs without a screen. Where there is none the test is skipped.
func browser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome-headless-shell"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no chromium: apt-get install chromium")
	return ""
}

// open has the browser show a file in a window of that width, and returns what it printed.
func open(t *testing.T, width int, file string, args ...string) string {
	t.Helper()
	args = append([]string{
		"--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--user-data-dir=" + t.TempDir(),
		fmt.Sprintf("--window-size=%d,1600", width), "--virtual-time-budget=5000",
	}, args...)
	// A browser that does not come to an end, or leaves processes behind that hold its output, fails the test.
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, browser(t), append(args, "file://"+filepath.ToSlash(file))...)
	cmd.WaitDelay = 10 * time.Second
	out, err := cmd.Output()
	require.NoError(t, err)
	return string(out)
}

// collector notes the errors of a page's scripts, and what its policy has kept from being loaded.
const collector = `<script>window.errors = [];
window.addEventListener("error", function (e) { errors.push(String(e.message || "not loaded: " + (e.target.src || e.target.href))); }, true);
window.addEventListener("unhandledrejection", function (e) { errors.push(String(e.reason)); });
window.addEventListener("securitypolicyviolation", function (e) { errors.push("refused: " + e.blockedURI); });</script>`

// visitor uses a page as a reader would, and tells what it saw.
const visitor = `<script>window.addEventListener("load", function () {
  var all = function (q) { return Array.prototype.slice.call(document.querySelectorAll(q)); };
  var seen = function (e) { return e.checkVisibility(); };
  var box = function (q) { return document.querySelector(q); };
  var articles = function () { return all("article").filter(seen).length; };
  var focus = function (e) { e.focus(); return document.activeElement === e; };
  var saw = {
    width: innerWidth, page: document.documentElement.scrollWidth, lang: document.documentElement.lang, h1: all("h1").length,
    rows: all("#table tbody tr").filter(seen).map(function (r) { return r.dataset.row + ": " + r.dataset.status; }),
    mapSeen: seen(box("#map")), edges: all("#map g.edge title").length, ways: all("#ways tbody tr").filter(seen).length,
    all: articles(), filter: seen(box("#filter")), injected: all("b.injected").length
  };
  box("input[value=notimeout]").click();
  saw.without = articles(); saw.shown = box("#shown").textContent;
  box("input[name=fixable]").click();
  saw.fixable = articles();
  box("input[name=fixable]").click(); box("input[value=notimeout]").click();
  saw.again = articles();
  saw.unlabelled = all("input").filter(function (i) { return i.labels.length === 0; }).length +
    all("[role=region], form, section").filter(function (e) { return !e.getAttribute("aria-label") && !e.getAttribute("aria-labelledby"); }).length +
    all("[aria-labelledby]").filter(function (e) { return !e.getAttribute("aria-labelledby").split(" ").every(function (id) { return document.getElementById(id); }); }).length;
  saw.unreachable = all("input, summary, a, [tabindex='0']").filter(seen).filter(function (e) { return !focus(e); }).length;
  var d = box("#table details"); d.querySelector("summary").click(); saw.opened = d.open && seen(d.querySelector("li"));
  var small = all("main *").filter(function (e) { return seen(e) && e.closest("svg") === null && parseFloat(getComputedStyle(e).fontSize) < 11; });
  saw.small = small.length;
  saw.errors = errors;
  parent.postMessage(JSON.stringify(saw), "*");
});</script>`

// frame shows a page in a frame of that width, since the browser has no windows below 500, and keeps what the visitor saw.
const frame = `<!DOCTYPE html><body style="margin:0"><script>window.addEventListener("message", function (e) {
  document.documentElement.setAttribute("data-saw", e.data);
});</script><iframe src="report.html" style="border:0;width:%dpx;height:1600px"></iframe>`

// A visit is what the visitor saw.
type visit struct {
	Width, Page, H1, Edges, Ways, All, Without, Fixable, Again, Unlabelled, Unreachable, Small, Injected int
	Lang, Shown                                                                                          string
	Rows, Errors                                                                                         []string
	MapSeen, Filter, Opened                                                                              bool
}

var sawText = regexp.MustCompile(`data-saw="([^"]*)"`)

// TestReportPage opens the page of a report in a browser: table, map and filters work, on a wide screen and on a
// narrow one, for the keyboard and for screen readers, and nothing of what it shows is taken for HTML.
func TestReportPage(t *testing.T) {
	browser(t)
	archive, err := txtar.ParseFile("testdata/report/gaps.txtar")
	require.NoError(t, err)
	dir := writeTree(t, archive)
	hostile := "package main\n\nimport \"net/http\"\n\nfunc ping() { // </pre><b class=injected>&amp;<script>throw 1</script>\n\t_, _ = http.Get(\"http://a.example.org/<b class=injected>\")\n}\n\nfunc init() { go ping() }\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "ping.go"), []byte(hostile), 0o666))
	text, stderr, status := run(t, dir, tool, "report", "-format=html", "./...")
	require.Zero(t, status, stderr)
	assert.NotRegexp(t, `<(link|img|iframe|script [^>]*src)`, text, "it is one file")

	page := filepath.Join(t.TempDir(), "report.html")
	text = strings.Replace(text, "<head>", "<head>"+collector, 1)
	text = strings.Replace(text, "</body>", visitor+"</body>", 1)
	require.NoError(t, os.WriteFile(page, []byte(text), 0o666))
	for _, width := range []int{1280, 400} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			outer := filepath.Join(filepath.Dir(page), fmt.Sprintf("%d.html", width))
			require.NoError(t, os.WriteFile(outer, fmt.Appendf(nil, frame, width), 0o666))
			match := sawText.FindStringSubmatch(open(t, width, outer, "--dump-dom"))
			require.NotNil(t, match, "the page's script has not run to its end")
			var saw visit
			require.NoError(t, json.Unmarshal([]byte(html.UnescapeString(match[1])), &saw))
			assert.Empty(t, saw.Errors)
			assert.Equal(t, width, saw.Width)
			assert.LessOrEqual(t, saw.Page, width, "the page is wider than its window")
			assert.Equal(t, "en", saw.Lang)
			assert.Equal(t, 1, saw.H1)
			require.Len(t, saw.Rows, 9)
			assert.Equal(t, "Timeouts: Gap", saw.Rows[0])
			assert.Equal(t, 2, saw.Edges)
			if width > 640 {
				assert.True(t, saw.MapSeen)
			} else {
				assert.False(t, saw.MapSeen, "a map that wide cannot be read here")
				assert.Equal(t, 2, saw.Ways, "the map as a table stands in for it")
			}
			assert.True(t, saw.Filter)
			assert.Less(t, saw.Without, saw.All)
			assert.Positive(t, saw.Without)
			assert.Equal(t, fmt.Sprintf("%d of %d findings", saw.Without, saw.All), saw.Shown)
			assert.LessOrEqual(t, saw.Fixable, saw.Without)
			assert.Equal(t, saw.All, saw.Again)
			assert.True(t, saw.Opened)
			assert.Zero(t, saw.Unlabelled)
			assert.Zero(t, saw.Unreachable)
			assert.Zero(t, saw.Small)
			assert.Zero(t, saw.Injected)
		})
	}
}

// TestReportPictures makes the pictures of docs/report.md, with -update.
func TestReportPictures(t *testing.T) {
	if !*update {
		t.Skip("made with -update")
	}
	text, stderr, status := run(t, musiccorp, tool, "report", "-format=html", "./...")
	require.Zero(t, status, stderr)
	page := filepath.Join(t.TempDir(), "report.html")
	require.NoError(t, os.WriteFile(page, []byte(text), 0o666))
	for _, width := range []int{1280, 400} {
		name, err := filepath.Abs(fmt.Sprintf("../../docs/report-%d.png", width))
		require.NoError(t, err)
		open(t, width, page, "--screenshot="+name)
	}
}
