-- Who was told what. Times are microseconds since 1970-01-01 UTC.

-- Up to where the journal was looked through for what somebody is to be told.
CREATE TABLE notification_position (
    programme uuid NOT NULL PRIMARY KEY,
    sequence  bigint NOT NULL
);
-- What was committed before there were messages is told to nobody.
ALTER TABLE head DISABLE ROW LEVEL SECURITY;
INSERT INTO notification_position (programme, sequence) SELECT programme, sequence FROM head;
ALTER TABLE head ENABLE ROW LEVEL SECURITY;

-- What one person is told: their inbox.
CREATE TABLE notification (
    programme uuid NOT NULL,
    id        uuid NOT NULL, -- follows from the cause and the person
    person    uuid NOT NULL,
    digest    uuid, -- the delivery that tells it with others
    made_at   bigint NOT NULL,
    read_at   bigint,
    body      text NOT NULL,
    PRIMARY KEY (programme, id)
);
CREATE INDEX notification_of_person ON notification (programme, person, made_at, id);
CREATE INDEX notification_unread ON notification (programme, person, made_at, id) WHERE read_at IS NULL;
CREATE INDEX notification_of_digest ON notification (programme, digest, made_at, id) WHERE digest IS NOT NULL;
CREATE INDEX notification_by_age ON notification (made_at);

-- One message to one recipient by one channel.
CREATE TABLE delivery (
    programme    uuid NOT NULL,
    id           uuid NOT NULL, -- follows from what it carries, for whom and by which channel
    recipient    uuid NOT NULL, -- a person, or a receiver of webhooks
    channel      text NOT NULL COLLATE "C",
    state        text NOT NULL COLLATE "C",
    due_at       bigint NOT NULL, -- ready: not before; else: since when
    attempts     bigint NOT NULL,
    resent_after bigint NOT NULL,
    made_at      bigint NOT NULL,
    last_error   text,
    body         text NOT NULL,
    PRIMARY KEY (programme, id)
);
CREATE INDEX delivery_to_send ON delivery (programme, recipient, due_at, id) WHERE state = 'ready';
CREATE INDEX delivery_by_time ON delivery (programme, made_at, id);
CREATE INDEX delivery_by_recipient ON delivery (programme, recipient, made_at, id);
CREATE INDEX delivery_by_state ON delivery (programme, state, made_at, id);
CREATE INDEX delivery_waiting ON delivery (channel, due_at) WHERE state = 'ready';
CREATE INDEX delivery_given_up ON delivery (channel) WHERE state = 'dead';
CREATE INDEX delivery_over ON delivery (made_at) WHERE state <> 'ready';

-- Each attempt to send one.
CREATE TABLE delivery_attempt (
    programme uuid NOT NULL,
    delivery  uuid NOT NULL,
    number    bigint NOT NULL,
    body      text NOT NULL,
    PRIMARY KEY (programme, delivery, number)
);

-- How a recipient took what was sent. Who sends holds the work of that id.
CREATE TABLE delivery_lane (
    programme       uuid NOT NULL,
    recipient       uuid NOT NULL,
    last_success_at bigint,
    failing_since   bigint, -- the first failure since then
    last_failure_at bigint,
    paused_until    bigint, -- nothing is sent there before
    owner_told_at   bigint, -- when somebody was told that nothing arrives
    PRIMARY KEY (programme, recipient)
);

ALTER TABLE notification_position ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON notification_position USING (programme = (SELECT present_programme()));
ALTER TABLE notification ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON notification USING (programme = (SELECT present_programme()));
ALTER TABLE delivery ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON delivery USING (programme = (SELECT present_programme()));
ALTER TABLE delivery_attempt ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON delivery_attempt USING (programme = (SELECT present_programme()));
ALTER TABLE delivery_lane ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON delivery_lane USING (programme = (SELECT present_programme()));
-- Of all programmes, to count what waits and to forget what is old.
CREATE POLICY doing_work ON notification USING ((SELECT present_errand()) = 'work');
CREATE POLICY doing_work ON delivery USING ((SELECT present_errand()) = 'work');
CREATE POLICY doing_work ON delivery_attempt USING ((SELECT present_errand()) = 'work');
