-- Practices that cities learn from each other, and the adoptions of them.

-- What a city does well enough that another may learn it.
CREATE TABLE practice (
    programme uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id        uuid NOT NULL,
    revision  bigint NOT NULL,
    change    bigint NOT NULL,
    version   integer NOT NULL,
    body      text NOT NULL,
    place     uuid, -- whose practice it is
    organisation         uuid, -- the same, if it is an organisation's
    contact_person       uuid, -- whom to ask
    contact_committee    uuid, -- the same
    contact_organisation uuid, -- the same
    since_key text NOT NULL COLLATE "C", -- since when it is done there, as text that sorts; empty if unknown
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, place) REFERENCES place (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, organisation) REFERENCES organisation (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, contact_person) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, contact_committee) REFERENCES committee (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, contact_organisation) REFERENCES organisation (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX practice_by_place_since_key ON practice (programme, place, since_key, id);
CREATE INDEX practice_by_place ON practice (programme, place, id);
CREATE INDEX practice_by_organisation ON practice (programme, organisation, id);
CREATE INDEX practice_by_contact_person ON practice (programme, contact_person, id);
CREATE INDEX practice_by_contact_committee ON practice (programme, contact_committee, id);
CREATE INDEX practice_by_contact_organisation ON practice (programme, contact_organisation, id);
CREATE INDEX practice_by_since_key ON practice (programme, since_key, id);

-- What each is about.
CREATE TABLE practice_topic (
    programme uuid NOT NULL,
    practice  uuid NOT NULL,
    topic     text NOT NULL COLLATE "C",
    since_key text NOT NULL COLLATE "C",
    PRIMARY KEY (programme, practice, topic),
    FOREIGN KEY (programme, practice) REFERENCES practice (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX practice_topic_by_topic ON practice_topic (programme, topic, since_key, practice);

ALTER TABLE practice ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON practice USING (programme = (SELECT present_programme()));

ALTER TABLE practice_topic ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON practice_topic USING (programme = (SELECT present_programme()));

-- Who learned what from whom. Its list is read by the last date on record, and that index holds what else it is filtered by.
CREATE TABLE adoption (
    programme   uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          uuid NOT NULL,
    revision    bigint NOT NULL,
    change      bigint NOT NULL,
    version     integer NOT NULL,
    body        text NOT NULL,
    practice    uuid, -- what is adopted; none if another programme shares it
    partnership uuid, -- through which it came
    organisation             uuid, -- who does it there
    learnt_from_organisation uuid, -- from whom it was learnt
    state       text NOT NULL COLLATE "C", -- how far it is
    verdict     text COLLATE "C", -- whether it worked, if that was judged
    last_key    text NOT NULL COLLATE "C", -- the last date on record, as text that sorts; empty if there is none
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, practice) REFERENCES practice (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, organisation) REFERENCES organisation (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, learnt_from_organisation) REFERENCES organisation (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX adoption_by_practice_last_key ON adoption (programme, practice, last_key, id);
CREATE INDEX adoption_by_practice ON adoption (programme, practice, id);
CREATE INDEX adoption_by_partnership_last_key ON adoption (programme, partnership, last_key, id);
CREATE INDEX adoption_by_partnership ON adoption (programme, partnership, id);
CREATE INDEX adoption_by_organisation ON adoption (programme, organisation, id);
CREATE INDEX adoption_by_learnt_from_organisation ON adoption (programme, learnt_from_organisation, id);
CREATE INDEX adoption_by_last_key ON adoption (programme, last_key, id, state, verdict);

-- What each is about.
CREATE TABLE adoption_topic (
    programme uuid NOT NULL,
    adoption  uuid NOT NULL,
    topic     text NOT NULL COLLATE "C",
    last_key  text NOT NULL COLLATE "C",
    PRIMARY KEY (programme, adoption, topic),
    FOREIGN KEY (programme, adoption) REFERENCES adoption (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX adoption_topic_by_topic ON adoption_topic (programme, topic, last_key, adoption);

-- Who learned it, and from whom.
CREATE TABLE adoption_place (
    programme uuid NOT NULL,
    adoption  uuid NOT NULL,
    place     uuid NOT NULL,
    last_key  text NOT NULL COLLATE "C",
    PRIMARY KEY (programme, adoption, place),
    FOREIGN KEY (programme, adoption) REFERENCES adoption (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, place) REFERENCES place (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX adoption_place_by_place ON adoption_place (programme, place, last_key, adoption);

ALTER TABLE adoption ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON adoption USING (programme = (SELECT present_programme()));

ALTER TABLE adoption_topic ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON adoption_topic USING (programme = (SELECT present_programme()));

ALTER TABLE adoption_place ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON adoption_place USING (programme = (SELECT present_programme()));

-- What the peer is told may be of a practice or an adoption too.
ALTER TABLE shared_record
    ADD COLUMN practice uuid, -- the record, if it is one
    ADD COLUMN adoption uuid, -- the same
    ADD FOREIGN KEY (programme, practice) REFERENCES practice (programme, id) DEFERRABLE INITIALLY DEFERRED,
    ADD FOREIGN KEY (programme, adoption) REFERENCES adoption (programme, id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX shared_record_by_practice ON shared_record (programme, practice, id);
CREATE INDEX shared_record_by_adoption ON shared_record (programme, adoption, id);
