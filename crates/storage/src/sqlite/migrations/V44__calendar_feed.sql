-- What a calendar program fetches by a private link.
CREATE TABLE calendar_feed (
    programme   BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          BLOB NOT NULL,
    revision    INTEGER NOT NULL,
    change      INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    body        TEXT NOT NULL,
    subject     TEXT NOT NULL, -- programme, partnership, committee, person, due_work
    partnership BLOB, -- the one that it is about, if it is about one
    committee   BLOB, -- the one that it is about, if it is about one
    person      BLOB, -- the one that it is about, if it is about one
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, committee) REFERENCES committee (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, person) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX calendar_feed_by_subject ON calendar_feed (programme, subject, id);
CREATE INDEX calendar_feed_by_partnership ON calendar_feed (programme, partnership, id);
CREATE INDEX calendar_feed_by_committee ON calendar_feed (programme, committee, id);
CREATE INDEX calendar_feed_by_person ON calendar_feed (programme, person, id);
