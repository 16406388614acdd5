-- Which promises are open, and who owes them: so that what somebody owes is found without looking through what is done.

ALTER TABLE action_point ADD COLUMN open_under TEXT NOT NULL DEFAULT ''; -- the partnership; empty once it is over
CREATE INDEX action_point_by_open_under ON action_point (programme, open_under, due_key, id);

-- Those who are named as owners of a point that is open.
CREATE TABLE action_point_debtor (
    programme BLOB NOT NULL,
    point     BLOB NOT NULL,
    person    BLOB NOT NULL,
    due_key   TEXT NOT NULL, -- that of the point
    PRIMARY KEY (programme, point, person),
    FOREIGN KEY (programme, point) REFERENCES action_point (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, person) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX action_point_debtor_by_person ON action_point_debtor (programme, person, due_key, point);
