-- Work is stored in the tree of its key, and an index of what is over counts it: a commit that asks for work writes two trees, not four.
CREATE TABLE work_anew (
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
) STRICT, WITHOUT ROWID;
INSERT INTO work_anew (programme, id, topic, sequence, state, attempts, due_at, fence, owner, last_error)
    SELECT programme, id, topic, sequence, state, attempts, due_at, fence, owner, last_error FROM work ORDER BY programme, id;
DROP TABLE work;
ALTER TABLE work_anew RENAME TO work;
CREATE INDEX work_to_lease ON work (topic, due_at, id, state) WHERE state IN ('ready', 'leased');
CREATE INDEX work_leased ON work (due_at) WHERE state = 'leased';
CREATE INDEX work_over ON work (due_at) WHERE state IN ('done', 'dead');
CREATE INDEX work_over_by_topic ON work (topic, state) WHERE state IN ('done', 'dead');
