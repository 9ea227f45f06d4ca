// Package web is the layer in which requests are delivered.
package web

import (
	"database/sql"

	"github.com/IBM/sarama"
	"github.com/gin-gonic/gin"
)

type handler struct {
	db       *sql.DB
	producer sarama.SyncProducer
}

func routes(g *gin.RouterGroup, h *handler) {
	g.POST("/notices", h.addNotice)
	g.POST("/parcels", h.deliver)
}

// What the packages around it are called makes no goods of it.
func (h *handler) addNotice(c *gin.Context) {
	h.db.ExecContext(c, "INSERT INTO notices (subject) VALUES ($1)", "new")
	h.producer.SendMessage(&sarama.ProducerMessage{})
}

func (h *handler) deliver(c *gin.Context) { // want `each request INSERTs into parcels`
	h.db.ExecContext(c, "INSERT INTO parcels (street) VALUES ($1)", "new")
	h.producer.SendMessage(&sarama.ProducerMessage{})
}
