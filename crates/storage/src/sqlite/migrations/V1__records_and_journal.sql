-- The first schema: one table per kind of record, sets of values they are found by, journal, history, documents, replies.
--
-- Conventions
--   programme   the tenant, part of every key. 16 zero bytes stand for the installation itself.
--   id          UUIDv7, 16 bytes, big endian.
--   revision    how often the record was changed, from 1. Never used twice.
--   change      the commit that wrote the row: change (programme, number).
--   version     the version of the shape of the body.
--   body        the whole record as JSON. The other columns repeat what is filtered, sorted, unique or a reference.
--   *_key       text folded for comparison: no accents, lower case.
--   *_day       ISO 8601 calendar day.
-- References are checked at commit, so records of one change set may be stored in any order.

PRAGMA application_id = 0x53634331;

-- Who changed something, and when. One row per commit.
CREATE TABLE change (
    programme BLOB NOT NULL,
    number    INTEGER NOT NULL,
    at        INTEGER NOT NULL, -- microseconds since 1970-01-01 UTC
    actor     TEXT NOT NULL,    -- JSON
    PRIMARY KEY (programme, number)
) STRICT, WITHOUT ROWID;

-- Every event in the order of commits, without gaps, per programme. Only ever added to, and chained by hashes.
CREATE TABLE journal (
    programme    BLOB NOT NULL,
    sequence     INTEGER NOT NULL,
    change       INTEGER NOT NULL,
    event        BLOB NOT NULL, -- the id of the event
    subject_kind TEXT NOT NULL,
    subject      BLOB NOT NULL,
    name         TEXT NOT NULL,
    version      INTEGER NOT NULL,
    body         TEXT NOT NULL,
    changes      TEXT,          -- JSON: what differs in the records that were updated, field by field
    seals        TEXT NOT NULL, -- JSON: how personal values enter the hash: place, digest, salt
    hash         BLOB NOT NULL, -- SHA-256 over this entry and the hash of the one before
    PRIMARY KEY (programme, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_by_subject ON journal (programme, subject_kind, subject, sequence);

-- The end of each journal, kept apart so that a cut end is noticed.
CREATE TABLE journal_head (
    programme BLOB NOT NULL,
    sequence  INTEGER NOT NULL,
    hash      BLOB NOT NULL, -- that of the last entry
    PRIMARY KEY (programme)
) STRICT, WITHOUT ROWID;

-- Has a row while a transaction erases a person, and only inside it: the one time at which personal values of what was
-- recorded may be replaced. The hashes are made so that this breaks none.
CREATE TABLE erasing (
    programme BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal
BEGIN SELECT raise(ABORT, 'the journal is only ever added to'); END;
CREATE TRIGGER journal_is_never_rewritten
BEFORE UPDATE OF programme, sequence, change, event, subject_kind, subject, name, version, hash ON journal
BEGIN SELECT raise(ABORT, 'the journal is only ever added to'); END;
CREATE TRIGGER journal_changes_only_by_erasing BEFORE UPDATE OF body, changes, seals ON journal
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE programme = old.programme)
BEGIN SELECT raise(ABORT, 'the journal is only ever added to'); END;
CREATE TRIGGER journal_head_stays BEFORE DELETE ON journal_head
BEGIN SELECT raise(ABORT, 'the end of a journal only ever moves on'); END;
CREATE TRIGGER journal_head_moves_on BEFORE UPDATE ON journal_head
WHEN new.programme <> old.programme OR new.sequence < old.sequence
BEGIN SELECT raise(ABORT, 'the end of a journal only ever moves on'); END;
CREATE TRIGGER change_is_never_forgotten BEFORE DELETE ON change
BEGIN SELECT raise(ABORT, 'who changed something is never forgotten'); END;
CREATE TRIGGER change_is_never_rewritten BEFORE UPDATE ON change
WHEN new.programme <> old.programme OR new.number <> old.number OR new.at <> old.at
    OR NOT EXISTS (SELECT 1 FROM erasing WHERE programme = old.programme)
BEGIN SELECT raise(ABORT, 'who changed something is never rewritten'); END;

-- Revisions that are no longer the present one. A row without body is a tombstone: the record was deleted.
CREATE TABLE history (
    programme BLOB NOT NULL,
    kind      TEXT NOT NULL,
    id        BLOB NOT NULL,
    revision  INTEGER NOT NULL,
    change    INTEGER NOT NULL,
    version   INTEGER,
    body      TEXT,
    PRIMARY KEY (programme, kind, id, revision),
    CHECK ((version IS NULL) = (body IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER history_is_never_forgotten BEFORE DELETE ON history
BEGIN SELECT raise(ABORT, 'history is only ever added to'); END;
CREATE TRIGGER history_is_never_rewritten BEFORE UPDATE ON history
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE programme = old.programme)
BEGIN SELECT raise(ABORT, 'history is only ever added to'); END;

-- Files by the SHA-256 of their bytes.
CREATE TABLE document (
    programme BLOB NOT NULL,
    hash      BLOB NOT NULL,
    change    INTEGER NOT NULL,
    bytes     BLOB NOT NULL,
    PRIMARY KEY (programme, hash)
) STRICT;

-- Replies to requests, kept so that a repeated request gets the same one.
CREATE TABLE reply (
    programme   BLOB NOT NULL,
    credential  TEXT NOT NULL,
    route       TEXT NOT NULL,
    key         TEXT NOT NULL,
    fingerprint BLOB NOT NULL,    -- SHA-256 of the request
    status      INTEGER NOT NULL, -- HTTP status
    body        BLOB NOT NULL,
    expires_at  INTEGER NOT NULL, -- microseconds since 1970-01-01 UTC
    PRIMARY KEY (programme, credential, route, key)
) STRICT;
CREATE INDEX reply_by_expiry ON reply (expires_at);

-- What is to be done because of an event, stored with it; see the module `work` of the program.
CREATE TABLE work (
    programme  BLOB NOT NULL,
    id         BLOB NOT NULL,
    topic      TEXT NOT NULL,
    sequence   INTEGER NOT NULL, -- the event in the journal
    state      TEXT NOT NULL CHECK (state IN ('ready', 'leased', 'done', 'dead')),
    attempts   INTEGER NOT NULL, -- how often it was leased
    due_at     INTEGER NOT NULL, -- ready: not before; leased: until; done and dead: since; microseconds since 1970-01-01 UTC
    fence      INTEGER NOT NULL, -- raised with each lease; an older one is worth nothing
    owner      TEXT,             -- who leased it last
    last_error TEXT,
    PRIMARY KEY (programme, id)
) STRICT;
CREATE INDEX work_to_lease ON work (topic, due_at, id) WHERE state IN ('ready', 'leased');
CREATE INDEX work_leased ON work (due_at) WHERE state = 'leased';
CREATE INDEX work_over ON work (due_at) WHERE state IN ('done', 'dead');
CREATE INDEX work_by_topic ON work (topic, state);

-- The keys that encrypt sensitive values, wrapped by the master key, which is not in here.
CREATE TABLE data_key (
    programme BLOB NOT NULL,
    number    INTEGER NOT NULL, -- the greatest encrypts, all decrypt
    wrapped   BLOB NOT NULL,
    made_at   INTEGER NOT NULL, -- microseconds since 1970-01-01 UTC
    PRIMARY KEY (programme, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE programme (
    programme BLOB NOT NULL,
    id        BLOB NOT NULL UNIQUE,
    revision  INTEGER NOT NULL,
    change    INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    body      TEXT NOT NULL,
    name_key  TEXT NOT NULL,
    host      BLOB NOT NULL,
    PRIMARY KEY (programme, id),
    CHECK (programme = id),
    FOREIGN KEY (programme, host) REFERENCES place (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX programme_by_name ON programme (programme, name_key, id);
CREATE INDEX programme_by_host ON programme (programme, host);

CREATE TABLE place (
    programme BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id        BLOB NOT NULL,
    revision  INTEGER NOT NULL,
    change    INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    body      TEXT NOT NULL,
    name_key  TEXT NOT NULL,
    country   TEXT,    -- ISO 3166-1 alpha-2
    geonames  INTEGER, -- GeoNames id
    identity  TEXT NOT NULL, -- whether we know which place of the world it is: resolved, unresolved
    PRIMARY KEY (programme, id)
) STRICT;
CREATE UNIQUE INDEX place_by_geonames ON place (programme, geonames) WHERE geonames IS NOT NULL;
CREATE INDEX place_by_name ON place (programme, name_key, id);
CREATE INDEX place_by_identity ON place (programme, identity, name_key, id);
CREATE INDEX place_by_country ON place (programme, country, name_key, id);

-- Every name of a place, folded.
CREATE TABLE place_name (
    programme BLOB NOT NULL,
    place     BLOB NOT NULL,
    name_key  TEXT NOT NULL,
    PRIMARY KEY (programme, place, name_key),
    FOREIGN KEY (programme, place) REFERENCES place (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX place_name_by_name ON place_name (programme, name_key, place);

CREATE TABLE partnership (
    programme   BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          BLOB NOT NULL,
    revision    INTEGER NOT NULL,
    change      INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    body        TEXT NOT NULL,
    status      TEXT NOT NULL, -- the decided status
    kind        TEXT,          -- the key of the kind of the latest episode
    began_key   TEXT NOT NULL, -- empty when nobody knows
    open_pair   TEXT,          -- the sorted ids of the members while the bond is not over
    PRIMARY KEY (programme, id)
) STRICT;
CREATE UNIQUE INDEX partnership_by_open_pair ON partnership (programme, open_pair) WHERE open_pair IS NOT NULL;
CREATE INDEX partnership_by_beginning ON partnership (programme, began_key, id);
CREATE INDEX partnership_by_status ON partnership (programme, status, began_key, id);
CREATE INDEX partnership_by_kind ON partnership (programme, kind, began_key, id);

-- Which places a bond joins.
CREATE TABLE partnership_member (
    programme   BLOB NOT NULL,
    partnership BLOB NOT NULL,
    place       BLOB NOT NULL,
    PRIMARY KEY (programme, partnership, place),
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, place) REFERENCES place (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX partnership_member_by_place ON partnership_member (programme, place, partnership);

CREATE TABLE agreement (
    programme   BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          BLOB NOT NULL,
    revision    INTEGER NOT NULL,
    change      INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    body        TEXT NOT NULL,
    partnership BLOB NOT NULL,
    parent      BLOB,          -- the agreement under which this one stands
    signed_key  TEXT NOT NULL, -- empty if not all have signed, or nobody knows when
    title_key   TEXT NOT NULL,
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, parent) REFERENCES agreement (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX agreement_by_partnership ON agreement (programme, partnership, id);
CREATE INDEX agreement_by_parent ON agreement (programme, parent, id);
CREATE INDEX agreement_by_signing ON agreement (programme, signed_key, id);
CREATE INDEX agreement_by_title ON agreement (programme, title_key, id);

-- Between which places an agreement is; for a sub-agreement others than those of the bond.
CREATE TABLE agreement_party (
    programme BLOB NOT NULL,
    agreement BLOB NOT NULL,
    place     BLOB NOT NULL,
    PRIMARY KEY (programme, agreement, place),
    FOREIGN KEY (programme, agreement) REFERENCES agreement (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, place) REFERENCES place (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX agreement_party_by_place ON agreement_party (programme, place, agreement);

CREATE TABLE engagement (
    programme   BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          BLOB NOT NULL,
    revision    INTEGER NOT NULL,
    change      INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    body        TEXT NOT NULL,
    partnership BLOB NOT NULL,
    direction   TEXT NOT NULL,
    first_day   TEXT,          -- the first day it can have taken place on
    last_day    TEXT,          -- the last day it can have taken place on
    began_key   TEXT NOT NULL, -- empty if undated
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX engagement_by_partnership ON engagement (programme, partnership, began_key, id);
CREATE INDEX engagement_by_beginning ON engagement (programme, began_key, id);
CREATE INDEX engagement_by_direction ON engagement (programme, direction, began_key, id);
CREATE INDEX engagement_by_first_day ON engagement (programme, first_day);
CREATE INDEX engagement_by_last_day ON engagement (programme, last_day);

-- What an engagement was about.
CREATE TABLE engagement_focus (
    programme  BLOB NOT NULL,
    engagement BLOB NOT NULL,
    focus      TEXT NOT NULL,
    PRIMARY KEY (programme, engagement, focus),
    FOREIGN KEY (programme, engagement) REFERENCES engagement (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX engagement_focus_by_focus ON engagement_focus (programme, focus, engagement);

CREATE TABLE import_run (
    programme BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id        BLOB NOT NULL,
    revision  INTEGER NOT NULL,
    change    INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    body      TEXT NOT NULL,
    state     TEXT NOT NULL,
    content   TEXT NOT NULL, -- what it brings in
    file_hash BLOB NOT NULL, -- SHA-256 of the file
    PRIMARY KEY (programme, id)
) STRICT;
CREATE INDEX import_run_by_state ON import_run (programme, state, id);
CREATE INDEX import_run_by_content ON import_run (programme, content, id);
CREATE INDEX import_run_by_file ON import_run (programme, file_hash, id);

CREATE TABLE access_token (
    programme    BLOB NOT NULL, -- zero bytes: for the whole installation
    id           BLOB NOT NULL,
    revision     INTEGER NOT NULL,
    change       INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    body         TEXT NOT NULL,
    hash         BLOB NOT NULL UNIQUE, -- SHA-256 of the token
    of_programme BLOB GENERATED ALWAYS AS (nullif(programme, zeroblob(16))) STORED
        REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (programme, id)
) STRICT;
CREATE INDEX access_token_by_programme ON access_token (of_programme);
