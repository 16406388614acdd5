-- Lists of engagements are read in the order of an index, whatever they are filtered by; none is sorted.
--
-- One index fewer than before. An index for each day by which lists are filtered gave a list in no order that anybody asks for, so
-- everything that was found had to be sorted. Now the index of the beginning holds what else lists are filtered by, and is walked.

DROP INDEX engagement_by_first_day;
DROP INDEX engagement_by_last_day;
DROP INDEX engagement_by_direction;
DROP INDEX engagement_by_beginning;
CREATE INDEX engagement_by_beginning ON engagement (programme, began_key, id, direction, first_day, last_day);
CREATE INDEX engagement_by_partnership_and_id ON engagement (programme, partnership, id);

-- What an engagement was about repeats when it began. The walls stand aside to fill it in; all of this is one transaction.
ALTER TABLE engagement_focus ADD COLUMN began_key text NOT NULL DEFAULT '' COLLATE "C";
ALTER TABLE engagement DISABLE ROW LEVEL SECURITY;
ALTER TABLE engagement_focus DISABLE ROW LEVEL SECURITY;
UPDATE engagement_focus f SET began_key = e.began_key
    FROM engagement e WHERE e.programme = f.programme AND e.id = f.engagement;
ALTER TABLE engagement ENABLE ROW LEVEL SECURITY;
ALTER TABLE engagement_focus ENABLE ROW LEVEL SECURITY;
ALTER TABLE engagement_focus ALTER COLUMN began_key DROP DEFAULT;
DROP INDEX engagement_focus_by_focus;
CREATE INDEX engagement_focus_by_focus ON engagement_focus (programme, focus, began_key, engagement);
