package recommendations_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/musiccorp/musiccorp/internal/events"
	"github.com/musiccorp/musiccorp/internal/webtest"
	"github.com/musiccorp/musiccorp/recommendations"
)

func TestRecommendations(t *testing.T) {
	svc := recommendations.New(webtest.DB(t, recommendations.Schema))
	url := webtest.Serve(t, svc.Handler())
	for i, sale := range [][2]string{
		{"sam", "give-blood"}, {"sam", "touchdown"}, {"kim", "touchdown"}, {"sam", "seven-inch"}, {"sam", "touchdown"}, {"kim", "complete-works"},
	} {
		e := events.Event{ID: fmt.Sprintf("evt-%d", i), Type: events.OrderPlaced, Customer: sale[0], SKU: sale[1]}
		if err := svc.Handle(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	var got recommendations.Recommended
	webtest.Call(t, "GET", url+"/recommendations/give-blood", nil, http.StatusOK, &got)
	if want := []string{"touchdown", "seven-inch"}; !slices.Equal(got.Also, want) {
		t.Errorf("recommended with give-blood is %q, want %q", got.Also, want)
	}
}
