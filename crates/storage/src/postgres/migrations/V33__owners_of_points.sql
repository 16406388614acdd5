-- The people who are named as owners of a point, on either side, whether it is over or not.
CREATE TABLE action_point_owner (
    programme uuid NOT NULL,
    point     uuid NOT NULL,
    person    uuid NOT NULL,
    due_key   text NOT NULL COLLATE "C", -- that of the point
    PRIMARY KEY (programme, point, person),
    FOREIGN KEY (programme, point) REFERENCES action_point (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, person) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX action_point_owner_by_person ON action_point_owner (programme, person, due_key, point);

-- A body names a person by the text of the id, which stands in the body of that person. The walls stand aside to fill it in; all of
-- this is one transaction.
ALTER TABLE action_point DISABLE ROW LEVEL SECURITY;
ALTER TABLE person DISABLE ROW LEVEL SECURITY;
INSERT INTO action_point_owner (programme, point, person, due_key)
    SELECT DISTINCT named.programme, named.id, known.id, named.due_key FROM
        (SELECT programme, id, due_key, body::jsonb #>> '{host,responsible,person}' AS person FROM action_point
         UNION SELECT programme, id, due_key, body::jsonb #>> '{counterpart,responsible,person}' FROM action_point) named
        JOIN (SELECT programme, id, body::jsonb ->> 'id' AS text FROM person) known
            ON known.programme = named.programme AND known.text = named.person;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE action_point ENABLE ROW LEVEL SECURITY;
ALTER TABLE person ENABLE ROW LEVEL SECURITY;

ALTER TABLE action_point_owner ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON action_point_owner USING (programme = (SELECT present_programme()));
