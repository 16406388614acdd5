-- The first schema: one table per kind of record, sets of values they are found by, journal, history, documents, replies, work.
--
-- Conventions
--   programme   the tenant, part of every key. The nil UUID stands for the installation itself.
--   id          UUIDv7.
--   revision    how often the record was changed, from 1. Never used twice.
--   change      the commit that wrote the row: change (programme, number).
--   version     the version of the shape of the body.
--   body        the whole record as JSON text, byte for byte as it was written. The other columns repeat what is filtered, sorted, unique or a reference.
--   *_key       text folded for comparison: no accents, lower case. Compared byte by byte.
-- A text column cannot hold the character NUL here; the program writes U+0000 as U+0001 U+0001 and U+0001 as U+0001 U+0002.
-- References and values that only one record of a programme may hold are checked at commit, so that records of one change
-- set may be stored in any order.
--
-- The second wall: row-level security, forced on the owner too. A connection sees the rows of the one programme named in the
-- setting `sister_cities.programme`, which is made inside each transaction only; without it, none.

-- The programme whose rows the transaction may see.
CREATE FUNCTION present_programme() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('sister_cities.programme', true), '')::uuid $$;

-- What the transaction does for the installation as a whole: programmes, replies, work; each opens one table to it.
CREATE FUNCTION present_errand() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(current_setting('sister_cities.errand', true), '') $$;

-- The hash of the access token that somebody has shown: that one token may be seen, whichever programme it is for.
CREATE FUNCTION present_token() RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT decode(nullif(current_setting('sister_cities.token', true), ''), 'hex') $$;

-- The end of each journal, kept apart so that a cut end is noticed, and the number of the last commit. Its lock puts the
-- commits of a programme in order.
CREATE TABLE head (
    programme uuid PRIMARY KEY,
    change    bigint NOT NULL,
    sequence  bigint NOT NULL,
    hash      bytea NOT NULL -- that of the last entry
) WITH (fillfactor = 50);

-- Who changed something, and when. One row per commit.
CREATE TABLE change (
    programme uuid NOT NULL,
    number    bigint NOT NULL,
    at        timestamptz NOT NULL,
    actor     text NOT NULL, -- JSON
    PRIMARY KEY (programme, number)
);

-- Every event in the order of commits, without gaps, per programme. Only ever added to, and chained by hashes.
CREATE TABLE journal (
    programme    uuid NOT NULL,
    sequence     bigint NOT NULL,
    change       bigint NOT NULL,
    event        uuid NOT NULL, -- the id of the event
    subject_kind text NOT NULL COLLATE "C",
    subject      uuid NOT NULL,
    name         text NOT NULL COLLATE "C",
    version      integer NOT NULL,
    body         text NOT NULL,
    changes      text,           -- JSON: what differs in the records that were updated, field by field
    seals        text NOT NULL,  -- JSON: how personal values enter the hash: place, digest, salt
    hash         bytea NOT NULL, -- SHA-256 over this entry and the hash of the one before
    PRIMARY KEY (programme, sequence)
);
CREATE INDEX journal_by_subject ON journal (programme, subject_kind, subject, sequence);

-- Revisions that are no longer the present one. A row without body is a tombstone: the record was deleted.
CREATE TABLE history (
    programme uuid NOT NULL,
    kind      text NOT NULL COLLATE "C",
    id        uuid NOT NULL,
    revision  bigint NOT NULL,
    change    bigint NOT NULL,
    version   integer,
    body      text,
    PRIMARY KEY (programme, kind, id, revision),
    CHECK ((version IS NULL) = (body IS NULL))
);

-- What was recorded is only ever added to. Only a transaction that says that it erases a person may replace personal values in
-- it; the hashes are made so that this breaks none. The server may not change the other columns at all.
CREATE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('sister_cities.erasing', true) = 'on' THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER change_is_only_added_to BEFORE UPDATE OR DELETE ON change
    FOR EACH ROW EXECUTE FUNCTION only_added_to();
CREATE TRIGGER journal_is_only_added_to BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION only_added_to();
CREATE TRIGGER history_is_only_added_to BEFORE UPDATE OR DELETE ON history
    FOR EACH ROW EXECUTE FUNCTION only_added_to();

-- Files by the SHA-256 of their bytes.
CREATE TABLE document (
    programme uuid NOT NULL,
    hash      bytea NOT NULL,
    change    bigint NOT NULL,
    bytes     bytea NOT NULL,
    PRIMARY KEY (programme, hash)
);

-- Replies to requests, kept so that a repeated request gets the same one.
CREATE TABLE reply (
    programme   uuid NOT NULL,
    credential  text NOT NULL COLLATE "C",
    route       text NOT NULL COLLATE "C",
    key         text NOT NULL COLLATE "C",
    fingerprint bytea NOT NULL,   -- SHA-256 of the request
    status      integer NOT NULL, -- HTTP status
    body        bytea NOT NULL,
    expires_at  timestamptz NOT NULL,
    PRIMARY KEY (programme, credential, route, key)
);
CREATE INDEX reply_by_expiry ON reply (expires_at);

-- What is to be done because of an event, stored with it; see the module `work` of the program.
CREATE TABLE work (
    programme   uuid NOT NULL,
    id          uuid NOT NULL,
    topic       text NOT NULL COLLATE "C",
    sequence    bigint NOT NULL,            -- the event in the journal
    state       text NOT NULL COLLATE "C",  -- ready, leased, done, dead
    attempts    integer NOT NULL,           -- how often it was leased
    due_at      timestamptz NOT NULL,       -- ready: not before; leased: until; done and dead: since
    fence       bigint NOT NULL,            -- raised with each lease; an older one is worth nothing
    owner       text,                       -- who leased it last
    last_error  text,
    PRIMARY KEY (programme, id),
    CHECK (state IN ('ready', 'leased', 'done', 'dead'))
);
CREATE INDEX work_to_lease ON work (topic, due_at, id) WHERE state IN ('ready', 'leased');
CREATE INDEX work_leased ON work (due_at) WHERE state = 'leased';
CREATE INDEX work_over ON work (due_at) WHERE state IN ('done', 'dead');
CREATE INDEX work_by_topic ON work (topic, state);

-- The keys that encrypt sensitive values, wrapped by the master key, which is not in here.
CREATE TABLE data_key (
    programme uuid NOT NULL,
    number    bigint NOT NULL, -- the greatest encrypts, all decrypt
    wrapped   bytea NOT NULL,
    made_at   timestamptz NOT NULL,
    PRIMARY KEY (programme, number)
);

CREATE TABLE programme (
    programme uuid NOT NULL,
    id        uuid NOT NULL UNIQUE,
    revision  bigint NOT NULL,
    change    bigint NOT NULL,
    version   integer NOT NULL,
    body      text NOT NULL,
    name_key  text NOT NULL COLLATE "C",
    host      uuid NOT NULL,
    PRIMARY KEY (programme, id),
    CHECK (programme = id)
);
CREATE INDEX programme_by_name ON programme (programme, name_key, id);
CREATE INDEX programme_by_host ON programme (programme, host);

CREATE TABLE place (
    programme uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id        uuid NOT NULL,
    revision  bigint NOT NULL,
    change    bigint NOT NULL,
    version   integer NOT NULL,
    body      text NOT NULL,
    name_key  text NOT NULL COLLATE "C",
    country   text COLLATE "C", -- ISO 3166-1 alpha-2
    geonames  bigint,           -- GeoNames id
    identity  text NOT NULL COLLATE "C", -- whether we know which place of the world it is: resolved, unresolved
    PRIMARY KEY (programme, id),
    CONSTRAINT place_by_geonames UNIQUE (programme, geonames) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX place_by_name ON place (programme, name_key, id);
CREATE INDEX place_by_identity ON place (programme, identity, name_key, id);
CREATE INDEX place_by_country ON place (programme, country, name_key, id);

ALTER TABLE programme ADD FOREIGN KEY (programme, host) REFERENCES place (programme, id) DEFERRABLE INITIALLY DEFERRED;

-- Every name of a place, folded.
CREATE TABLE place_name (
    programme uuid NOT NULL,
    place     uuid NOT NULL,
    name_key  text NOT NULL COLLATE "C",
    PRIMARY KEY (programme, place, name_key),
    FOREIGN KEY (programme, place) REFERENCES place (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX place_name_by_name ON place_name (programme, name_key, place);

CREATE TABLE partnership (
    programme   uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          uuid NOT NULL,
    revision    bigint NOT NULL,
    change      bigint NOT NULL,
    version     integer NOT NULL,
    body        text NOT NULL,
    status      text NOT NULL COLLATE "C", -- the decided status
    kind        text COLLATE "C",          -- the key of the kind of the latest episode
    began_key   text NOT NULL COLLATE "C", -- empty when nobody knows
    open_pair   text COLLATE "C",          -- the sorted ids of the members while the bond is not over
    PRIMARY KEY (programme, id),
    CONSTRAINT partnership_by_open_pair UNIQUE (programme, open_pair) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX partnership_by_beginning ON partnership (programme, began_key, id);
CREATE INDEX partnership_by_status ON partnership (programme, status, began_key, id);
CREATE INDEX partnership_by_kind ON partnership (programme, kind, began_key, id);

-- Which places a bond joins.
CREATE TABLE partnership_member (
    programme   uuid NOT NULL,
    partnership uuid NOT NULL,
    place       uuid NOT NULL,
    PRIMARY KEY (programme, partnership, place),
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, place) REFERENCES place (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX partnership_member_by_place ON partnership_member (programme, place, partnership);

CREATE TABLE agreement (
    programme   uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          uuid NOT NULL,
    revision    bigint NOT NULL,
    change      bigint NOT NULL,
    version     integer NOT NULL,
    body        text NOT NULL,
    partnership uuid NOT NULL,
    parent      uuid,                      -- the agreement under which this one stands
    signed_key  text NOT NULL COLLATE "C", -- empty if not all have signed, or nobody knows when
    title_key   text NOT NULL COLLATE "C",
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, parent) REFERENCES agreement (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX agreement_by_partnership ON agreement (programme, partnership, id);
CREATE INDEX agreement_by_parent ON agreement (programme, parent, id);
CREATE INDEX agreement_by_signing ON agreement (programme, signed_key, id);
CREATE INDEX agreement_by_title ON agreement (programme, title_key, id);

-- Between which places an agreement is; for a sub-agreement others than those of the bond.
CREATE TABLE agreement_party (
    programme uuid NOT NULL,
    agreement uuid NOT NULL,
    place     uuid NOT NULL,
    PRIMARY KEY (programme, agreement, place),
    FOREIGN KEY (programme, agreement) REFERENCES agreement (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, place) REFERENCES place (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX agreement_party_by_place ON agreement_party (programme, place, agreement);

CREATE TABLE engagement (
    programme   uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          uuid NOT NULL,
    revision    bigint NOT NULL,
    change      bigint NOT NULL,
    version     integer NOT NULL,
    body        text NOT NULL,
    partnership uuid NOT NULL,
    direction   text NOT NULL COLLATE "C",
    first_day   date,                      -- the first day it can have taken place on
    last_day    date,                      -- the last day it can have taken place on
    began_key   text NOT NULL COLLATE "C", -- empty if undated
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX engagement_by_partnership ON engagement (programme, partnership, began_key, id);
CREATE INDEX engagement_by_beginning ON engagement (programme, began_key, id);
CREATE INDEX engagement_by_direction ON engagement (programme, direction, began_key, id);
CREATE INDEX engagement_by_first_day ON engagement (programme, first_day);
CREATE INDEX engagement_by_last_day ON engagement (programme, last_day);

-- What an engagement was about.
CREATE TABLE engagement_focus (
    programme  uuid NOT NULL,
    engagement uuid NOT NULL,
    focus      text NOT NULL COLLATE "C",
    PRIMARY KEY (programme, engagement, focus),
    FOREIGN KEY (programme, engagement) REFERENCES engagement (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX engagement_focus_by_focus ON engagement_focus (programme, focus, engagement);

CREATE TABLE import_run (
    programme uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id        uuid NOT NULL,
    revision  bigint NOT NULL,
    change    bigint NOT NULL,
    version   integer NOT NULL,
    body      text NOT NULL,
    state     text NOT NULL COLLATE "C",
    content   text NOT NULL COLLATE "C", -- what it brings in
    file_hash bytea NOT NULL,            -- SHA-256 of the file
    PRIMARY KEY (programme, id)
);
CREATE INDEX import_run_by_state ON import_run (programme, state, id);
CREATE INDEX import_run_by_content ON import_run (programme, content, id);
CREATE INDEX import_run_by_file ON import_run (programme, file_hash, id);

CREATE TABLE access_token (
    programme    uuid NOT NULL, -- nil: for the whole installation
    id           uuid NOT NULL,
    revision     bigint NOT NULL,
    change       bigint NOT NULL,
    version      integer NOT NULL,
    body         text NOT NULL,
    hash         bytea NOT NULL UNIQUE, -- SHA-256 of the token
    of_programme uuid GENERATED ALWAYS AS (nullif(programme, '00000000-0000-0000-0000-000000000000'::uuid)) STORED
        REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (programme, id)
);
CREATE INDEX access_token_by_programme ON access_token (of_programme);

-- The wall around each table that holds rows of programmes.
DO $$
DECLARE
    walled text;
BEGIN
    FOR walled IN
        SELECT c.relname FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = 'programme' AND NOT a.attisdropped
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', walled);
        EXECUTE format('CREATE POLICY own_programme ON %I USING (programme = (SELECT present_programme()))', walled);
    END LOOP;
END
$$;
CREATE POLICY list_of_programmes ON programme FOR SELECT USING ((SELECT present_errand()) = 'programmes');
CREATE POLICY token_that_was_shown ON access_token FOR SELECT USING (hash = (SELECT present_token()));
CREATE POLICY replies_to_forget ON reply FOR SELECT USING ((SELECT present_errand()) = 'replies');
CREATE POLICY forgetting_replies ON reply FOR DELETE USING ((SELECT present_errand()) = 'replies');
CREATE POLICY doing_work ON work USING ((SELECT present_errand()) = 'work');
