-- What somebody wants to be told of, and how often.
CREATE TABLE subscription (
    programme   uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          uuid NOT NULL,
    revision    bigint NOT NULL,
    change      bigint NOT NULL,
    version     integer NOT NULL,
    body        text NOT NULL,
    person      uuid NOT NULL, -- who is told
    partnership uuid, -- the one that it is about; none if of all
    committee   uuid, -- the one that it is about; none if of all
    rhythm      text NOT NULL COLLATE "C", -- at_once, daily, weekly, never
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, person) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, committee) REFERENCES committee (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX subscription_by_person ON subscription (programme, person, id);
CREATE INDEX subscription_by_partnership ON subscription (programme, partnership, id);
CREATE INDEX subscription_by_committee ON subscription (programme, committee, id);
CREATE INDEX subscription_by_rhythm ON subscription (programme, rhythm, id);

ALTER TABLE subscription ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON subscription USING (programme = (SELECT present_programme()));
