// Package helpdesk has tickets that people work on, and tickets that people come in with.
package helpdesk

import (
	"context"
	"database/sql"

	"github.com/IBM/sarama"
	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

type (
	issue struct {
		gorm.Model
		Title      string
		AssignedTo int
	}
	admission struct {
		gorm.Model
		Seat string
	}
	desk struct {
		db       *sql.DB
		rows     *gorm.DB
		producer sarama.SyncProducer
	}
)

func routes(g *gin.RouterGroup, d *desk) {
	g.POST("/tickets", d.addTicket)
	g.POST("/tickets/statement", d.stateTicket)
	g.POST("/tickets/sold", d.sellTicket)
	g.POST("/parcels", d.deliverParcel)
}

func (d *desk) tell(ctx context.Context) {
	d.db.ExecContext(ctx, "INSERT INTO notices (subject) VALUES ($1)", "new")
	d.producer.SendMessage(&sarama.ProducerMessage{})
}

// Somebody closes the second.
func (d *desk) addTicket(c *gin.Context) {
	d.rows.Create(&issue{Title: c.GetHeader("a")})
	d.tell(c)
}

// So as a statement.
func (d *desk) stateTicket(c *gin.Context) {
	d.db.ExecContext(c, "INSERT INTO tickets (title, priority) VALUES ($1, $2)", "a", 1)
	d.tell(c)
}

// Somebody pays for the second.
func (d *desk) sellTicket(c *gin.Context) { // want `each request adds a row`
	d.rows.Create(&admission{Seat: c.GetHeader("a")})
	d.tell(c)
}

// Somebody waits for the second.
func (d *desk) deliverParcel(c *gin.Context) { // want `each request adds a row`
	d.rows.Create(&admission{Seat: c.GetHeader("a")})
	d.tell(c)
}
