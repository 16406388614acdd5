-- The people who are named as owners of a point, on either side, whether it is over or not.
CREATE TABLE action_point_owner (
    programme BLOB NOT NULL,
    point     BLOB NOT NULL,
    person    BLOB NOT NULL,
    due_key   TEXT NOT NULL, -- that of the point
    PRIMARY KEY (programme, point, person),
    FOREIGN KEY (programme, point) REFERENCES action_point (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, person) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX action_point_owner_by_person ON action_point_owner (programme, person, due_key, point);

-- A body names a person by the text of the id, which stands in the body of that person.
WITH
    named AS MATERIALIZED (
        SELECT programme, id, due_key, json_extract(body, '$.host.responsible.person') AS person FROM action_point
        UNION SELECT programme, id, due_key, json_extract(body, '$.counterpart.responsible.person') FROM action_point),
    known AS MATERIALIZED (SELECT programme, id, json_extract(body, '$.id') AS text FROM person)
INSERT INTO action_point_owner (programme, point, person, due_key)
    SELECT named.programme, named.id, known.id, named.due_key FROM named
    JOIN known ON known.programme = named.programme AND known.text = named.person;
