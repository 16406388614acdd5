-- What a calendar program fetches by a private link.
CREATE TABLE calendar_feed (
    programme   uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          uuid NOT NULL,
    revision    bigint NOT NULL,
    change      bigint NOT NULL,
    version     integer NOT NULL,
    body        text NOT NULL,
    subject     text NOT NULL COLLATE "C", -- programme, partnership, committee, person, due_work
    partnership uuid, -- the one that it is about, if it is about one
    committee   uuid, -- the one that it is about, if it is about one
    person      uuid, -- the one that it is about, if it is about one
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, committee) REFERENCES committee (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, person) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX calendar_feed_by_subject ON calendar_feed (programme, subject, id);
CREATE INDEX calendar_feed_by_partnership ON calendar_feed (programme, partnership, id);
CREATE INDEX calendar_feed_by_committee ON calendar_feed (programme, committee, id);
CREATE INDEX calendar_feed_by_person ON calendar_feed (programme, person, id);

ALTER TABLE calendar_feed ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON calendar_feed USING (programme = (SELECT present_programme()));
