-- Which promises are open, and who owes them: so that what somebody owes is found without looking through what is done.

-- The partnership; empty once the point is over.
ALTER TABLE action_point ADD COLUMN open_under text NOT NULL DEFAULT '' COLLATE "C";
ALTER TABLE action_point ALTER COLUMN open_under DROP DEFAULT;
CREATE INDEX action_point_by_open_under ON action_point (programme, open_under, due_key, id);

-- Those who are named as owners of a point that is open.
CREATE TABLE action_point_debtor (
    programme uuid NOT NULL,
    point     uuid NOT NULL,
    person    uuid NOT NULL,
    due_key   text NOT NULL COLLATE "C", -- that of the point
    PRIMARY KEY (programme, point, person),
    FOREIGN KEY (programme, point) REFERENCES action_point (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, person) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX action_point_debtor_by_person ON action_point_debtor (programme, person, due_key, point);

ALTER TABLE action_point_debtor ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON action_point_debtor USING (programme = (SELECT present_programme()));
