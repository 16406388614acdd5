-- Where events of a programme are told: webhooks of programs, and rooms of chats.
CREATE TABLE webhook_endpoint (
    programme   uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          uuid NOT NULL,
    revision    bigint NOT NULL,
    change      bigint NOT NULL,
    version     integer NOT NULL,
    body        text NOT NULL,
    partnership uuid, -- the one that it is told of; none if of all
    owner       uuid, -- the person who is told when nothing arrives there
    state       text NOT NULL COLLATE "C", -- enabled, disabled
    format      text NOT NULL COLLATE "C", -- standard, slack, matrix, teams
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, owner) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX webhook_endpoint_by_partnership ON webhook_endpoint (programme, partnership, id);
CREATE INDEX webhook_endpoint_by_owner ON webhook_endpoint (programme, owner, id);
CREATE INDEX webhook_endpoint_by_state ON webhook_endpoint (programme, state, id);
CREATE INDEX webhook_endpoint_by_format ON webhook_endpoint (programme, format, id);

ALTER TABLE webhook_endpoint ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON webhook_endpoint USING (programme = (SELECT present_programme()));
