-- What was recorded at a time: each past revision names the commit that replaced it, so that the revisions that stood after a
-- given commit, and do so no longer, are found by an index.
--   until   the commit that replaced or deleted the revision: change (programme, number). None for a tombstone.

ALTER TABLE history ADD COLUMN until bigint;

-- The revision that followed: in the history, or the present one. The walls stand aside for it; all of this is one transaction.
ALTER TABLE history DISABLE TRIGGER history_is_only_added_to;
DO $$
DECLARE
    walled text;
BEGIN
    FOREACH walled IN ARRAY ARRAY['history', 'programme', 'place', 'partnership', 'agreement', 'engagement', 'import_run',
        'access_token', 'peer_link', 'shared_record']
    LOOP
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', walled);
    END LOOP;
    UPDATE history h SET until = coalesce(
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
    FOREACH walled IN ARRAY ARRAY['history', 'programme', 'place', 'partnership', 'agreement', 'engagement', 'import_run',
        'access_token', 'peer_link', 'shared_record']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', walled);
    END LOOP;
END
$$;
ALTER TABLE history ENABLE TRIGGER history_is_only_added_to;

CREATE INDEX history_by_end ON history (programme, kind, until, id, change) WHERE until IS NOT NULL;
