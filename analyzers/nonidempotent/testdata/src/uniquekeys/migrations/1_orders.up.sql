-- The unique keys that orders.go relies on.
CREATE TABLE payments (
    id BIGSERIAL PRIMARY KEY,
    order_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    amount NUMERIC(10, 2) NOT NULL,
    receipt UUID NOT NULL UNIQUE,
    CONSTRAINT once UNIQUE (provider, order_id)
);

CREATE TABLE notes (id BIGSERIAL PRIMARY KEY, author TEXT NOT NULL, body TEXT NOT NULL);
CREATE UNIQUE INDEX pinned_once ON pinned_notes (author, body);
