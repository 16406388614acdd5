-- What was recorded at a time: each past revision names the commit that replaced it, so that the revisions that stood after a
-- given commit, and do so no longer, are found by an index.
--   until   the commit that replaced or deleted the revision: change (programme, number). None for a tombstone.

DROP TRIGGER history_is_never_rewritten;

ALTER TABLE history ADD COLUMN until INTEGER;

-- The revision that followed: in the history, or the present one.
UPDATE history AS h SET until = coalesce(
    (SELECT n.change FROM history n
     WHERE n.programme = h.programme AND n.kind = h.kind AND n.id = h.id AND n.revision = h.revision + 1),
    CASE h.kind
        WHEN 'programme' THEN (SELECT r.change FROM programme r WHERE r.programme = h.programme AND r.id = h.id)
        WHEN 'place' THEN (SELECT r.change FROM place r WHERE r.programme = h.programme AND r.id = h.id)
        WHEN 'partnership' THEN (SELECT r.change FROM partnership r WHERE r.programme = h.programme AND r.id = h.id)
        WHEN 'agreement' THEN (SELECT r.change FROM agreement r WHERE r.programme = h.programme AND r.id = h.id)
        WHEN 'engagement' THEN (SELECT r.change FROM engagement r WHERE r.programme = h.programme AND r.id = h.id)
        WHEN 'import' THEN (SELECT r.change FROM import_run r WHERE r.programme = h.programme AND r.id = h.id)
        WHEN 'token' THEN (SELECT r.change FROM access_token r WHERE r.programme = h.programme AND r.id = h.id)
        WHEN 'link' THEN (SELECT r.change FROM peer_link r WHERE r.programme = h.programme AND r.id = h.id)
        WHEN 'share' THEN (SELECT r.change FROM shared_record r WHERE r.programme = h.programme AND r.id = h.id)
    END
) WHERE body IS NOT NULL;

CREATE INDEX history_by_end ON history (programme, kind, until, id, change) WHERE until IS NOT NULL;

CREATE TRIGGER history_is_never_rewritten BEFORE UPDATE ON history
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE programme = old.programme)
BEGIN SELECT raise(ABORT, 'history is only ever added to'); END;
