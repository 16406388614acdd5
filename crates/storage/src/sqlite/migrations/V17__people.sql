-- People, as one programme knows them: what is personal is in the body.
CREATE TABLE person (
    programme   BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          BLOB NOT NULL,
    revision    INTEGER NOT NULL,
    change      INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    body        TEXT NOT NULL,
    name_key    TEXT NOT NULL, -- the name shown, folded for sorting
    standing    TEXT NOT NULL, -- 'current', or 'merged' into another
    merged_into BLOB, -- the person whose record stands for this one too
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, merged_into) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX person_by_name_key ON person (programme, name_key, id);
CREATE INDEX person_by_standing_name_key ON person (programme, standing, name_key, id);
CREATE INDEX person_by_merged_into ON person (programme, merged_into, id);

-- The names of a person, folded, each from the beginning of every word on.
CREATE TABLE person_name (
    programme BLOB NOT NULL,
    person    BLOB NOT NULL,
    name_key  TEXT NOT NULL,
    PRIMARY KEY (programme, person, name_key),
    FOREIGN KEY (programme, person) REFERENCES person (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX person_name_by_name_key ON person_name (programme, name_key, person);

-- With which organisations a person works. Each repeats the name by which people are sorted.
CREATE TABLE person_organisation (
    programme    BLOB NOT NULL,
    person       BLOB NOT NULL,
    organisation BLOB NOT NULL,
    name_key     TEXT NOT NULL,
    PRIMARY KEY (programme, person, organisation),
    FOREIGN KEY (programme, person) REFERENCES person (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, organisation) REFERENCES organisation (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX person_organisation_by_organisation ON person_organisation (programme, organisation, name_key, person);
