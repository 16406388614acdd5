-- Due work as last reckoned. The records say what is due; here is kept what came of asking them, so that a list is read and not
-- reckoned. Whatever changes a record marks the unit that it touches, in the same commit, by the triggers below; a marked unit is reckoned again
-- before anybody reads.

-- What was said to a due item.
CREATE TABLE due_response (
    programme   BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          BLOB NOT NULL, -- that of the item
    revision    INTEGER NOT NULL,
    change      INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    body        TEXT NOT NULL,
    partnership BLOB, -- to which the item belongs, if it belongs to one; no reference: what was answered holds nothing up
    committee   BLOB, -- the same for a committee
    PRIMARY KEY (programme, id)
) STRICT;
CREATE INDEX due_response_by_partnership ON due_response (programme, partnership, id);
CREATE INDEX due_response_by_committee ON due_response (programme, committee, id);

-- The units that are reckoned by themselves.
CREATE TABLE due_unit (
    programme  BLOB NOT NULL,
    unit       BLOB NOT NULL, -- the record that the unit is named by
    kind       TEXT NOT NULL, -- and its kind
    version    INTEGER NOT NULL, -- raised with every change that touches it
    recheck_on TEXT, -- the day from which on it is to be reckoned again; of a marked one the first day there is; none for never
    touch_on   TEXT, -- the next touch of a partnership
    touch      TEXT, -- the same, with what makes it that day
    PRIMARY KEY (programme, unit)
) STRICT;
CREATE INDEX due_unit_to_reckon ON due_unit (programme, recheck_on, unit);
CREATE INDEX due_unit_by_touch ON due_unit (programme, touch_on, unit);

-- What is due.
CREATE TABLE due_item (
    programme   BLOB NOT NULL,
    id          BLOB NOT NULL,
    unit        BLOB NOT NULL,
    kind        TEXT NOT NULL,
    partnership BLOB,
    person      BLOB, -- who is to do it, if a person is
    due_on      TEXT NOT NULL,
    body        TEXT NOT NULL,
    PRIMARY KEY (programme, id)
) STRICT;
CREATE INDEX due_item_by_day ON due_item (programme, due_on, id);
CREATE INDEX due_item_by_unit ON due_item (programme, unit);
CREATE INDEX due_item_by_kind ON due_item (programme, kind, due_on, id);
CREATE INDEX due_item_by_partnership ON due_item (programme, partnership, due_on, id);
CREATE INDEX due_item_by_person ON due_item (programme, person, due_on, id);

-- What was reckoned of a unit that is touched is forgotten at once: it may speak of what was erased.
CREATE TRIGGER due_unit_touched AFTER UPDATE OF version ON due_unit
BEGIN DELETE FROM due_item WHERE programme = new.programme AND unit = new.unit; END;

CREATE TRIGGER due_of_new_partnership AFTER INSERT ON partnership
BEGIN INSERT INTO due_unit (programme, unit, kind, version, recheck_on)
    VALUES (new.programme, new.id, 'partnership', 1, '0001-01-01'); END;
CREATE TRIGGER due_of_changed_partnership AFTER UPDATE ON partnership
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = new.programme AND unit = new.id; END;
CREATE TRIGGER due_of_deleted_partnership AFTER DELETE ON partnership
BEGIN
    DELETE FROM due_item WHERE programme = old.programme AND unit = old.id;
    DELETE FROM due_unit WHERE programme = old.programme AND unit = old.id;
END;

CREATE TRIGGER due_of_new_agreement AFTER INSERT ON agreement
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = new.programme AND unit = new.partnership; END;
CREATE TRIGGER due_of_changed_agreement AFTER UPDATE ON agreement
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = new.programme AND unit IN (old.partnership, new.partnership); END;
CREATE TRIGGER due_of_deleted_agreement AFTER DELETE ON agreement
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = old.programme AND unit = old.partnership; END;

CREATE TRIGGER due_of_new_engagement AFTER INSERT ON engagement
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = new.programme AND unit = new.partnership; END;
CREATE TRIGGER due_of_changed_engagement AFTER UPDATE ON engagement
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = new.programme AND unit IN (old.partnership, new.partnership); END;
CREATE TRIGGER due_of_deleted_engagement AFTER DELETE ON engagement
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = old.programme AND unit = old.partnership; END;

CREATE TRIGGER due_of_new_response AFTER INSERT ON due_response
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = new.programme AND unit IN (new.partnership, new.committee); END;
CREATE TRIGGER due_of_changed_response AFTER UPDATE ON due_response
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = new.programme AND unit IN (new.partnership, new.committee); END;
CREATE TRIGGER due_of_deleted_response AFTER DELETE ON due_response
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = old.programme AND unit IN (old.partnership, old.committee); END;

-- A committee is a unit itself if it sees to no one partnership, else a part of that partnership's; so are its roles.
CREATE TRIGGER due_of_new_committee AFTER INSERT ON committee
BEGIN
    INSERT INTO due_unit (programme, unit, kind, version, recheck_on)
        VALUES (new.programme, new.id, 'committee', 1, '0001-01-01');
    UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
        WHERE programme = new.programme AND unit = new.partnership;
END;
CREATE TRIGGER due_of_changed_committee AFTER UPDATE ON committee
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = new.programme AND unit IN (new.id, old.partnership, new.partnership); END;
CREATE TRIGGER due_of_deleted_committee AFTER DELETE ON committee
BEGIN
    DELETE FROM due_item WHERE programme = old.programme AND unit = old.id;
    DELETE FROM due_unit WHERE programme = old.programme AND unit = old.id;
    UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
        WHERE programme = old.programme AND unit = old.partnership;
END;
CREATE TRIGGER due_of_new_role AFTER INSERT ON role WHEN new.committee IS NOT NULL
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = new.programme AND unit IN (new.committee,
        (SELECT partnership FROM committee WHERE programme = new.programme AND id = new.committee)); END;
CREATE TRIGGER due_of_changed_role AFTER UPDATE ON role WHEN coalesce(old.committee, new.committee) IS NOT NULL
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = new.programme AND unit IN (old.committee, new.committee,
        (SELECT partnership FROM committee WHERE programme = new.programme AND id = old.committee),
        (SELECT partnership FROM committee WHERE programme = new.programme AND id = new.committee)); END;
CREATE TRIGGER due_of_deleted_role AFTER DELETE ON role WHEN old.committee IS NOT NULL
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = old.programme AND unit IN (old.committee,
        (SELECT partnership FROM committee WHERE programme = old.programme AND id = old.committee)); END;

-- Plans and promises touch the due work of their partnership.
CREATE TRIGGER due_of_new_action_plan AFTER INSERT ON action_plan
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = new.programme AND unit = new.partnership; END;
CREATE TRIGGER due_of_changed_action_plan AFTER UPDATE ON action_plan
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = new.programme AND unit IN (old.partnership, new.partnership); END;
CREATE TRIGGER due_of_deleted_action_plan AFTER DELETE ON action_plan
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = old.programme AND unit = old.partnership; END;
CREATE TRIGGER due_of_new_action_point AFTER INSERT ON action_point
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = new.programme AND unit = new.partnership; END;
CREATE TRIGGER due_of_changed_action_point AFTER UPDATE ON action_point
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = new.programme AND unit IN (old.partnership, new.partnership); END;
CREATE TRIGGER due_of_deleted_action_point AFTER DELETE ON action_point
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = old.programme AND unit = old.partnership; END;

-- A place lends its name and its clocks to the partnerships that it is a member of; one that is new is a member of none.
CREATE TRIGGER due_of_changed_place AFTER UPDATE ON place
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = new.programme AND unit IN
        (SELECT partnership FROM partnership_member WHERE programme = new.programme AND place = new.id); END;

-- The policies of a programme hold for all.
CREATE TRIGGER due_of_changed_programme AFTER UPDATE ON programme
BEGIN UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
    WHERE programme = new.id; END;

INSERT INTO due_unit (programme, unit, kind, version, recheck_on)
    SELECT programme, id, 'partnership', 1, '0001-01-01' FROM partnership;
INSERT INTO due_unit (programme, unit, kind, version, recheck_on)
    SELECT programme, id, 'committee', 1, '0001-01-01' FROM committee;
