-- Organisations: offices, schools, companies, associations.
CREATE TABLE organisation (
    programme BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id        BLOB NOT NULL,
    revision  INTEGER NOT NULL,
    change    INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    body      TEXT NOT NULL,
    name_key  TEXT NOT NULL, -- the name shown, folded for sorting
    kind      TEXT NOT NULL, -- what sort it is, such as 'school'
    place     BLOB, -- where it has its seat
    parent    BLOB, -- the organisation that it is part of
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, place) REFERENCES place (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, parent) REFERENCES organisation (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX organisation_by_name_key ON organisation (programme, name_key, id);
CREATE INDEX organisation_by_kind_name_key ON organisation (programme, kind, name_key, id);
CREATE INDEX organisation_by_place_name_key ON organisation (programme, place, name_key, id);
CREATE INDEX organisation_by_parent_name_key ON organisation (programme, parent, name_key, id);

-- The names of an organisation, folded.
CREATE TABLE organisation_name (
    programme    BLOB NOT NULL,
    organisation BLOB NOT NULL,
    name_key     TEXT NOT NULL,
    PRIMARY KEY (programme, organisation, name_key),
    FOREIGN KEY (programme, organisation) REFERENCES organisation (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_name_by_name_key ON organisation_name (programme, name_key, organisation);
