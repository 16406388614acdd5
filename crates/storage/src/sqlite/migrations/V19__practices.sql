-- Practices that cities learn from each other, and the adoptions of them.

-- What a city does well enough that another may learn it.
CREATE TABLE practice (
    programme BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id        BLOB NOT NULL,
    revision  INTEGER NOT NULL,
    change    INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    body      TEXT NOT NULL,
    place     BLOB, -- whose practice it is
    organisation         BLOB, -- the same, if it is an organisation's
    contact_person       BLOB, -- whom to ask
    contact_committee    BLOB, -- the same
    contact_organisation BLOB, -- the same
    since_key TEXT NOT NULL, -- since when it is done there, as text that sorts; empty if unknown
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, place) REFERENCES place (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, organisation) REFERENCES organisation (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, contact_person) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, contact_committee) REFERENCES committee (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, contact_organisation) REFERENCES organisation (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX practice_by_place_since_key ON practice (programme, place, since_key, id);
CREATE INDEX practice_by_place ON practice (programme, place, id);
CREATE INDEX practice_by_organisation ON practice (programme, organisation, id);
CREATE INDEX practice_by_contact_person ON practice (programme, contact_person, id);
CREATE INDEX practice_by_contact_committee ON practice (programme, contact_committee, id);
CREATE INDEX practice_by_contact_organisation ON practice (programme, contact_organisation, id);
CREATE INDEX practice_by_since_key ON practice (programme, since_key, id);

-- What each is about.
CREATE TABLE practice_topic (
    programme BLOB NOT NULL,
    practice  BLOB NOT NULL,
    topic     TEXT NOT NULL,
    since_key TEXT NOT NULL,
    PRIMARY KEY (programme, practice, topic),
    FOREIGN KEY (programme, practice) REFERENCES practice (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX practice_topic_by_topic ON practice_topic (programme, topic, since_key, practice);

-- Who learned what from whom. Its list is read by the last date on record, and that index holds what else it is filtered by.
CREATE TABLE adoption (
    programme   BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          BLOB NOT NULL,
    revision    INTEGER NOT NULL,
    change      INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    body        TEXT NOT NULL,
    practice    BLOB, -- what is adopted; none if another programme shares it
    partnership BLOB, -- through which it came
    organisation             BLOB, -- who does it there
    learnt_from_organisation BLOB, -- from whom it was learnt
    state       TEXT NOT NULL, -- how far it is
    verdict     TEXT, -- whether it worked, if that was judged
    last_key    TEXT NOT NULL, -- the last date on record, as text that sorts; empty if there is none
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, practice) REFERENCES practice (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, organisation) REFERENCES organisation (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, learnt_from_organisation) REFERENCES organisation (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX adoption_by_practice_last_key ON adoption (programme, practice, last_key, id);
CREATE INDEX adoption_by_practice ON adoption (programme, practice, id);
CREATE INDEX adoption_by_partnership_last_key ON adoption (programme, partnership, last_key, id);
CREATE INDEX adoption_by_partnership ON adoption (programme, partnership, id);
CREATE INDEX adoption_by_organisation ON adoption (programme, organisation, id);
CREATE INDEX adoption_by_learnt_from_organisation ON adoption (programme, learnt_from_organisation, id);
CREATE INDEX adoption_by_last_key ON adoption (programme, last_key, id, state, verdict);

-- What each is about.
CREATE TABLE adoption_topic (
    programme BLOB NOT NULL,
    adoption  BLOB NOT NULL,
    topic     TEXT NOT NULL,
    last_key  TEXT NOT NULL,
    PRIMARY KEY (programme, adoption, topic),
    FOREIGN KEY (programme, adoption) REFERENCES adoption (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX adoption_topic_by_topic ON adoption_topic (programme, topic, last_key, adoption);

-- Who learned it, and from whom.
CREATE TABLE adoption_place (
    programme BLOB NOT NULL,
    adoption  BLOB NOT NULL,
    place     BLOB NOT NULL,
    last_key  TEXT NOT NULL,
    PRIMARY KEY (programme, adoption, place),
    FOREIGN KEY (programme, adoption) REFERENCES adoption (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, place) REFERENCES place (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX adoption_place_by_place ON adoption_place (programme, place, last_key, adoption);

-- What the peer is told may be of a practice or an adoption too. A table is made anew, as references cannot be added to one.
ALTER TABLE shared_record RENAME TO shared_record_before;
CREATE TABLE shared_record (
    programme  BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id         BLOB NOT NULL,
    revision   INTEGER NOT NULL,
    change     INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    body       TEXT NOT NULL,
    peer       BLOB NOT NULL, -- the other programme
    link       BLOB NOT NULL, -- what it rests on
    engagement BLOB,          -- the record, if it is one
    agreement  BLOB,          -- the same
    practice   BLOB,          -- the same
    adoption   BLOB,          -- the same
    told       TEXT NOT NULL, -- link and record: each is told once
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, link) REFERENCES peer_link (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, engagement) REFERENCES engagement (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, agreement) REFERENCES agreement (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, practice) REFERENCES practice (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, adoption) REFERENCES adoption (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
INSERT INTO shared_record
    SELECT programme, id, revision, change, version, body, peer, link, engagement, agreement, NULL, NULL, told
    FROM shared_record_before;
DROP TABLE shared_record_before;
CREATE UNIQUE INDEX shared_record_by_told ON shared_record (programme, told);
CREATE INDEX shared_record_shown ON shared_record (peer, id);
CREATE INDEX shared_record_by_peer ON shared_record (programme, peer, id);
CREATE INDEX shared_record_by_link ON shared_record (programme, link, id);
CREATE INDEX shared_record_by_engagement ON shared_record (programme, engagement, id);
CREATE INDEX shared_record_by_agreement ON shared_record (programme, agreement, id);
CREATE INDEX shared_record_by_practice ON shared_record (programme, practice, id);
CREATE INDEX shared_record_by_adoption ON shared_record (programme, adoption, id);
