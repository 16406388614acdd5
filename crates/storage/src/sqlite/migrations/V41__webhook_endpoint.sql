-- Where events of a programme are told: webhooks of programs, and rooms of chats.
CREATE TABLE webhook_endpoint (
    programme   BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          BLOB NOT NULL,
    revision    INTEGER NOT NULL,
    change      INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    body        TEXT NOT NULL,
    partnership BLOB, -- the one that it is told of; none if of all
    owner       BLOB, -- the person who is told when nothing arrives there
    state       TEXT NOT NULL, -- enabled, disabled
    format      TEXT NOT NULL, -- standard, slack, matrix, teams
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, owner) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX webhook_endpoint_by_partnership ON webhook_endpoint (programme, partnership, id);
CREATE INDEX webhook_endpoint_by_owner ON webhook_endpoint (programme, owner, id);
CREATE INDEX webhook_endpoint_by_state ON webhook_endpoint (programme, state, id);
CREATE INDEX webhook_endpoint_by_format ON webhook_endpoint (programme, format, id);
