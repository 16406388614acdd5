-- Organisations: offices, schools, companies, associations.
CREATE TABLE organisation (
    programme uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id        uuid NOT NULL,
    revision  bigint NOT NULL,
    change    bigint NOT NULL,
    version   integer NOT NULL,
    body      text NOT NULL,
    name_key  text NOT NULL COLLATE "C", -- the name shown, folded for sorting
    kind      text NOT NULL COLLATE "C", -- what sort it is, such as 'school'
    place     uuid, -- where it has its seat
    parent    uuid, -- the organisation that it is part of
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, place) REFERENCES place (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, parent) REFERENCES organisation (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX organisation_by_name_key ON organisation (programme, name_key, id);
CREATE INDEX organisation_by_kind_name_key ON organisation (programme, kind, name_key, id);
CREATE INDEX organisation_by_place_name_key ON organisation (programme, place, name_key, id);
CREATE INDEX organisation_by_parent_name_key ON organisation (programme, parent, name_key, id);

-- The names of an organisation, folded.
CREATE TABLE organisation_name (
    programme    uuid NOT NULL,
    organisation uuid NOT NULL,
    name_key     text NOT NULL COLLATE "C",
    PRIMARY KEY (programme, organisation, name_key),
    FOREIGN KEY (programme, organisation) REFERENCES organisation (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX organisation_name_by_name_key ON organisation_name (programme, name_key, organisation);

ALTER TABLE organisation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON organisation USING (programme = (SELECT present_programme()));

ALTER TABLE organisation_name ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON organisation_name USING (programme = (SELECT present_programme()));
