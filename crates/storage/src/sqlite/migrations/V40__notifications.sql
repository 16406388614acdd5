-- Who was told what. Times are microseconds since 1970-01-01 UTC.

-- Up to where the journal was looked through for what somebody is to be told.
CREATE TABLE notification_position (
    programme BLOB NOT NULL PRIMARY KEY,
    sequence  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- What was committed before there were messages is told to nobody.
INSERT INTO notification_position (programme, sequence) SELECT programme, sequence FROM journal_head;

-- What one person is told: their inbox.
CREATE TABLE notification (
    programme BLOB NOT NULL,
    id        BLOB NOT NULL, -- follows from the cause and the person
    person    BLOB NOT NULL,
    digest    BLOB, -- the delivery that tells it with others
    made_at   INTEGER NOT NULL,
    read_at   INTEGER,
    body      TEXT NOT NULL,
    PRIMARY KEY (programme, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notification_of_person ON notification (programme, person, made_at, id);
CREATE INDEX notification_unread ON notification (programme, person, made_at, id) WHERE read_at IS NULL;
CREATE INDEX notification_of_digest ON notification (programme, digest, made_at, id) WHERE digest IS NOT NULL;
CREATE INDEX notification_by_age ON notification (made_at);

-- One message to one recipient by one channel.
CREATE TABLE delivery (
    programme    BLOB NOT NULL,
    id           BLOB NOT NULL, -- follows from what it carries, for whom and by which channel
    recipient    BLOB NOT NULL, -- a person, or a receiver of webhooks
    channel      TEXT NOT NULL,
    state        TEXT NOT NULL,
    due_at       INTEGER NOT NULL, -- ready: not before; else: since when
    attempts     INTEGER NOT NULL,
    resent_after INTEGER NOT NULL,
    made_at      INTEGER NOT NULL,
    last_error   TEXT,
    body         TEXT NOT NULL,
    PRIMARY KEY (programme, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_to_send ON delivery (programme, recipient, due_at, id) WHERE state = 'ready';
CREATE INDEX delivery_by_time ON delivery (programme, made_at, id);
CREATE INDEX delivery_by_recipient ON delivery (programme, recipient, made_at, id);
CREATE INDEX delivery_by_state ON delivery (programme, state, made_at, id);
CREATE INDEX delivery_waiting ON delivery (channel, due_at) WHERE state = 'ready';
CREATE INDEX delivery_given_up ON delivery (channel) WHERE state = 'dead';
CREATE INDEX delivery_over ON delivery (made_at) WHERE state <> 'ready';

-- Each attempt to send one.
CREATE TABLE delivery_attempt (
    programme BLOB NOT NULL,
    delivery  BLOB NOT NULL,
    number    INTEGER NOT NULL,
    body      TEXT NOT NULL,
    PRIMARY KEY (programme, delivery, number)
) STRICT, WITHOUT ROWID;

-- How a recipient took what was sent. Who sends holds the work of that id.
CREATE TABLE delivery_lane (
    programme       BLOB NOT NULL,
    recipient       BLOB NOT NULL,
    last_success_at INTEGER,
    failing_since   INTEGER, -- the first failure since then
    last_failure_at INTEGER,
    paused_until    INTEGER, -- nothing is sent there before
    owner_told_at   INTEGER, -- when somebody was told that nothing arrives
    PRIMARY KEY (programme, recipient)
) STRICT, WITHOUT ROWID;
