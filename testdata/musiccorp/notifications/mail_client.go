package notifications

import (
	"fmt"
	"net/http"

	"github.com/musiccorp/musiccorp/internal/web"
)

// mailClient sends mails through the mail provider.
type mailClient struct {
	baseURL string
}

// sendMail sends a mail about an order.
func (c *mailClient) sendMail(to, orderID, text string) error {
	body, err := web.Body(map[string]string{"to": to, "reference": orderID, "text": text})
	if err != nil {
		return err
	}
	resp, err := http.Post(c.baseURL+"/mails", "application/json", body)
	if err != nil {
		return fmt.Errorf("send mail: %w", err)
	}
	defer resp.Body.Close()
	if err := web.Read(resp, nil); err != nil {
		return fmt.Errorf("send mail: %w", err)
	}
	return nil
}
