-- What somebody wants to be told of, and how often.
CREATE TABLE subscription (
    programme   BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          BLOB NOT NULL,
    revision    INTEGER NOT NULL,
    change      INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    body        TEXT NOT NULL,
    person      BLOB NOT NULL, -- who is told
    partnership BLOB, -- the one that it is about; none if of all
    committee   BLOB, -- the one that it is about; none if of all
    rhythm      TEXT NOT NULL, -- at_once, daily, weekly, never
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, person) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, committee) REFERENCES committee (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX subscription_by_person ON subscription (programme, person, id);
CREATE INDEX subscription_by_partnership ON subscription (programme, partnership, id);
CREATE INDEX subscription_by_committee ON subscription (programme, committee, id);
CREATE INDEX subscription_by_rhythm ON subscription (programme, rhythm, id);
