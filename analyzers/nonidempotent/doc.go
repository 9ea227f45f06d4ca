// Package nonidempotent defines an analyzer that reports what may run twice and must not.
//
// # Analyzer nonidempotent
//
// nonidempotent: report handlers and retries that do twice what must be done once
//
// Exactly once does not exist between two machines. A broker that gets no acknowledgement delivers the
// message again; the sender of a webhook that gets no 200 in time repeats it; a client whose answer was
// lost sends the request again. The work was done, and is done a second time: two rows, two
// mails, two charges. What helps is to notice: a key that is the same for both, and a place that
// remembers it.
//
// The rule finds the functions that are called from outside: those that libraries are given, and those that
// are given to functions of the module which receive messages and call what they were given. It follows them through calls, function literals,
// method values and, where the whole module is loaded, interfaces with one type behind them, across
// packages; and looks at what they come to.
//
// # What is reported
//
//   - redelivered-message: a handler of messages, events or jobs adds a row without a conflict clause, adds to
//     a number, sends a mail, moves money, makes something by POST, or publishes, and nothing on the way to
//     that looks whether it has been done before. When the message comes again, after a rebalance, a crash, or a
//     timeout, it does so again. Reported at the handler.
//   - webhook: the same for a handler that checks the signature of a webhook, and never looks at the
//     id of the event or the delivery. Publishing does not count: to forward is to leave it to others.
//     Reported at the handler.
//   - create-handler: the handler of a POST or PATCH request, or of an RPC, moves money, or adds a row about
//     money or goods and tells others of it by a message or a mail, with no key from its caller, nor anything
//     else that would tell the second request from the first. Reported at the handler.
//   - unsafe-retry: a POST that makes something, or a payment, is attempted again without a key,
//     by a loop, by a retry library, or by the client itself; or an INSERT without a conflict clause, or
//     an UPDATE that adds to a number, outside of a transaction. The attempt that failed may have
//     arrived. Reported where it is sent.
//   - fresh-key: the idempotency key is made inside the loop, or by what it calls, so that each
//     attempt has another one. It protects from nothing. Reported where the key is set.
//   - early-ack: a message is acknowledged before what it asks for is done, by a queue that is consumed
//     with autoAck, or although it has failed: by a defer, or when the error has been logged. Then it is
//     lost. So it is where nobody asks whether it has failed. Reported at the handler.
//
// # What is not
//
// What can be done twice: reads, deletes, updates that set a value, INSERTs with ON CONFLICT, ON DUPLICATE KEY
// or IGNORE, MERGE, upserts. Rows that get their id from who asks for them, as their columns say, or their
// type: an id that is no number, and that neither the database nor a hook makes; a new id that
// is made only where the one that was asked for is empty makes no difference. Rows of logs and audits, of what was
// answered to one attempt, and of
// messages that have failed for good (dead letters, failed jobs). What is done about a message that cannot be read.
// Rows of webhooks that are to be delivered. Counters that expire, those of attempts, limits, views, failures and of how
// long a queue is, and those of which nobody asks whether they have counted. A POST to a URL that names what it
// makes, or what is to be cancelled, closed or paused, or whose body has an idempotency key among its fields. Rows with a unique column of their own, as
// the tags of their type say, or a unique key of their table in the module's files (migrations, statements in the code)
// whose columns the INSERT or the type all has, if none of them is by its name made anew for each row: that a second
// one is refused is enough. Deliveries of RabbitMQ that nobody is seen to acknowledge, where it is not seen
// either how their queue is consumed. Activities of Temporal that the workflows of the package which registers them do not run,
// or run with MaximumAttempts: 1.
//
// What looks first, whatever it is called: something that lives longer than the handler is asked by a key that is no constant,
// its answer ends the handler well, and the handler writes something down where it has looked (a cache, Redis, a table), or
// the question itself does (LoadOrStore, INCR, SADD, GETDEL, DELETE … RETURNING, SET … NX, a file with O_EXCL). An UPDATE that sets a column by which
// it chooses its rows (last_seq = $2 WHERE last_seq < $2), an INSERT … SELECT that leaves out what is there, rows that are
// added where those of before were deleted. Whatever stands around the handler and does so: middleware, a decorator, a
// literal that is registered in its place.
//
// Besides: a SELECT … FOR UPDATE, an UPDATE that names the status it expects, a SELECT of what is not
// done yet, a lookup whose result ends the handler, a status of something that was loaded, or a question
// about it (IsPaid), SETNX, a claim, what is called a deduplicator or has idempotency in its name, a key or an
// id of the delivery that is read from the headers and not only logged. So does the question whether a list that was
// looked up has anything in it, where nothing is done if it has, also when the list was handed on or filtered; whether
// a row that was looked up is due; and a lookup of what can be used once, which ends the handler where it
// is gone: the same function takes it away again (it clears the basket that must not be empty), or its key is called
// a nonce, a quote or an inquiry. So does a SELECT
// of what is newer than a column says (WHERE created_at > (SELECT covered_until FROM summaries …)), for the row that
// moves that column on. It protects
// what can come after it in the same function, and in those that are called from there; not what stands in another branch, nor what is done
// before. That nobody was found (ErrNoRows) is a look only if something is done then; if the handler only says so,
// it is not. Whether two deliveries at the same time can both pass a look, and whether it is about the same
// thing, the rule does not ask.
//
// What fails the second time: a row with an id that comes from who asks, or with a column that
// others call it by (a payment's id at its provider, a reference, the mail address of a user), an
// error that says that something is there already (23505, 1062). It protects what comes after it, and the rows and
// numbers that were changed before it, which a transaction takes back.
//
// An INSERT … ON CONFLICT, an upsert: they protect themselves, and what others are told of after them. Who looks
// at what they say, looks.
//
// Rows of an outbox are theirs to tell apart who receive them. Rows of what is measured (metrics, readings,
// clicks), of what was received as it came, and all that goes to ClickHouse, may be about right. Of Stripe's objects,
// those that are captured, confirmed or paid have a state, and a charge cannot be given back twice as a whole. A
// subscription that is incomplete by default, and a payment intent that is not confirmed as it is made, take no money until
// the customer's browser confirms them.
//
// A POST counts if the names on the way to it, or its URL, say that it makes or moves something. One that
// asks (search, GraphQL, tokens, validation, completions) does not. Messages that tell of a failure,
// dead letters and replies are no effect (what has a correlation id that is no new one is a reply), nor is a message that is
// handed on as it came, by itself or in a new one, what has a message id that is made of the incoming one's, and neither are those that say how what the incoming message is about stands: by
// its id, by a state that is a constant, and by nothing else but what that message says. What is published in a transaction of Kafka's
// goes with how far was read. A retried POST that tells of something (a webhook, a notification) is
// promised at least once, and so is a mail. Core NATS, ReadMessage of kafka-go and queues with autoAck deliver
// once or not at all; where a setting decides on autoAck, nothing is said. What a predicate of the program's lets a
// client or a library attempt again is its affair. What is attempted again only where it was refused (401, 429, a deadlock, a lock) was
// not done; to publish again is how producers work. Jobs of a scheduler inside of the process are silent:
// whether two runs meet depends on how long they take and how many replicas there are. An endpoint
// that Cloud Scheduler calls is a handler.
//
// A job that is put aside for another time, and worked off by the module itself, is a timer: it tells nobody of what a
// request has made. A ticket that has a priority, or somebody to work on it, is a help desk's, and neither money nor goods.
//
// A job of asynq or River that nothing in the module makes, or only code that nothing runs, does not come, if the module makes
// others for the same library (which the standalone command sees). Tasks that asynq does not do again when they fail, as
// MaxRetry(0) says wherever the package of the handler sets it, come once.
//
// A handler that does not look at its message, but to log and to acknowledge it, is only told that it is time: there is nothing to tell a second
// delivery by, and the next run is another message. A job that a handler of messages puts aside is judged where it is
// worked off, if the module does that itself (asynq, River, machinery). What a handler calls to tell others of
// what it does is no handler: it says so by a constant, or is given to others, too.
//
// What is done after the message has been acknowledged does not come again, and is early-ack's where that is all. A number
// that is added to then, with nobody asking whether it was, is a statistic, if something has been done before that would
// have kept the message from being acknowledged.
//
// A failure about which anything is done, like a dead letter, a Nack or a status, loses no message, and
// neither does one that is told from others.
//
// What cannot be decided is silent: interfaces with several types behind them, statements that are put
// together at run time, libraries that are not known. Under go vet and golangci-lint, which see a package at a
// time, handlers that go through an interface of the module are silent.
//
// # Fixes
//
// A key that is made for each attempt (fresh-key) is made once instead, ahead of the loop or of the call of
// the library. This one is safe.
//
// The others are not: whether they are right only who knows the other side can tell. They are suggested
// with -nonidempotent.unsafe-fixes, or by the command's -unsafe-fixes, and are to be read:
//
//   - unsafe-retry: the request gets an Idempotency-Key header that is the same for all attempts, or the
//     parameters of a call their SetIdempotencyKey. It helps if the receiver heeds it.
//   - redelivered-message: where the INSERT is all that is done twice, stands in the handler's file as
//     PostgreSQL and SQLite write it, and has a column for the id of the event, it gets ON CONFLICT DO
//     NOTHING. It helps if that column is unique.
//   - redelivered-message: a handler func(ctx, message) error, of a message whose id stays the same for all
//     deliveries, with a store of resilint's runtime at hand, is put into idempotency.Once.
//
// # How to silence it
//
// The finding goes away with its cause. Where it does no harm to do it twice, a comment says why, at the end
// of the finding's line or above it:
//
//	//resilint:ignore nonidempotent/redelivered-message the consumer of this topic drops duplicates
//
// # Before and after
//
//	func (h *Handler) Work(ctx context.Context, msg Message) error {
//		_, err := h.db.ExecContext(ctx, "INSERT INTO payments (order_id, amount) VALUES ($1, $2)", msg.Order, msg.Amount)
//		return err
//	}
//
//	func (h *Handler) Work(ctx context.Context, msg Message) error {
//		return inTx(ctx, h.db, func(tx *sql.Tx) error {
//			res, err := tx.ExecContext(ctx, "INSERT INTO processed (id) VALUES ($1) ON CONFLICT DO NOTHING", msg.ID)
//			if err != nil {
//				return err
//			}
//			if n, err := res.RowsAffected(); err != nil || n == 0 {
//				return err // it has been done
//			}
//			_, err = tx.ExecContext(ctx, "INSERT INTO payments (order_id, amount) VALUES ($1, $2)", msg.Order, msg.Amount)
//			return err
//		})
//	}
//
// # Values
//
// The rule has none. A key is the id of the event, where the broker or the sender gives one that stays the
// same (source and id of a CloudEvent, the id of a Stripe event, X-GitHub-Delivery), or the id of
// what it is about together with what is done to it. Not the offset alone, which is another after the topic has
// been made anew, and never something made at random by who receives.
//
// How long to remember it: longer than anybody repeats. Stripe repeats for three days and keeps the keys
// of its callers for one; SQS FIFO queues remember for five minutes, JetStream for two.
package nonidempotent
