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

-- What an engagement was about repeats when it began.
ALTER TABLE engagement_focus ADD COLUMN began_key TEXT NOT NULL DEFAULT '';
UPDATE engagement_focus AS f SET began_key =
    (SELECT e.began_key FROM engagement e WHERE e.programme = f.programme AND e.id = f.engagement);
DROP INDEX engagement_focus_by_focus;
CREATE INDEX engagement_focus_by_focus ON engagement_focus (programme, focus, began_key, engagement);
