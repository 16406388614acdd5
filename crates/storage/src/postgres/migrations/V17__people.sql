-- People, as one programme knows them: what is personal is in the body.
CREATE TABLE person (
    programme   uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          uuid NOT NULL,
    revision    bigint NOT NULL,
    change      bigint NOT NULL,
    version     integer NOT NULL,
    body        text NOT NULL,
    name_key    text NOT NULL COLLATE "C", -- the name shown, folded for sorting
    standing    text NOT NULL COLLATE "C", -- 'current', or 'merged' into another
    merged_into uuid, -- the person whose record stands for this one too
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, merged_into) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX person_by_name_key ON person (programme, name_key, id);
CREATE INDEX person_by_standing_name_key ON person (programme, standing, name_key, id);
CREATE INDEX person_by_merged_into ON person (programme, merged_into, id);

-- The names of a person, folded, each from the beginning of every word on.
CREATE TABLE person_name (
    programme uuid NOT NULL,
    person    uuid NOT NULL,
    name_key  text NOT NULL COLLATE "C",
    PRIMARY KEY (programme, person, name_key),
    FOREIGN KEY (programme, person) REFERENCES person (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX person_name_by_name_key ON person_name (programme, name_key, person);

-- With which organisations a person works. Each repeats the name by which people are sorted.
CREATE TABLE person_organisation (
    programme    uuid NOT NULL,
    person       uuid NOT NULL,
    organisation uuid NOT NULL,
    name_key     text NOT NULL COLLATE "C",
    PRIMARY KEY (programme, person, organisation),
    FOREIGN KEY (programme, person) REFERENCES person (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, organisation) REFERENCES organisation (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX person_organisation_by_organisation ON person_organisation (programme, organisation, name_key, person);

ALTER TABLE person ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON person USING (programme = (SELECT present_programme()));

ALTER TABLE person_name ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON person_name USING (programme = (SELECT present_programme()));

ALTER TABLE person_organisation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON person_organisation USING (programme = (SELECT present_programme()));
