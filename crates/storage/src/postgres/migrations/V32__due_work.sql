-- Due work as last reckoned. The records say what is due; here is kept what came of asking them, so that a list is read and not
-- reckoned. Whatever changes a record marks the unit that it touches, in the same commit, by the triggers below; a marked unit is reckoned again
-- before anybody reads.

-- What was said to a due item.
CREATE TABLE due_response (
    programme   uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          uuid NOT NULL, -- that of the item
    revision    bigint NOT NULL,
    change      bigint NOT NULL,
    version     integer NOT NULL,
    body        text NOT NULL,
    partnership uuid, -- to which the item belongs, if it belongs to one; no reference: what was answered holds nothing up
    committee   uuid, -- the same for a committee
    PRIMARY KEY (programme, id)
);
CREATE INDEX due_response_by_partnership ON due_response (programme, partnership, id);
CREATE INDEX due_response_by_committee ON due_response (programme, committee, id);

-- The units that are reckoned by themselves.
CREATE TABLE due_unit (
    programme  uuid NOT NULL,
    unit       uuid NOT NULL, -- the record that the unit is named by
    kind       text NOT NULL COLLATE "C", -- and its kind
    version    bigint NOT NULL, -- raised with every change that touches it
    recheck_on date, -- the day from which on it is to be reckoned again; of a marked one the first day there is; none for never
    touch_on   date, -- the next touch of a partnership
    touch      text, -- the same, with what makes it that day
    PRIMARY KEY (programme, unit)
);
CREATE INDEX due_unit_to_reckon ON due_unit (programme, recheck_on, unit);
CREATE INDEX due_unit_by_touch ON due_unit (programme, touch_on, unit);

-- What is due.
CREATE TABLE due_item (
    programme   uuid NOT NULL,
    id          uuid NOT NULL,
    unit        uuid NOT NULL,
    kind        text NOT NULL COLLATE "C",
    partnership uuid,
    person      uuid, -- who is to do it, if a person is
    due_on      date NOT NULL,
    body        text NOT NULL,
    PRIMARY KEY (programme, id)
);
CREATE INDEX due_item_by_day ON due_item (programme, due_on, id);
CREATE INDEX due_item_by_unit ON due_item (programme, unit);
CREATE INDEX due_item_by_kind ON due_item (programme, kind, due_on, id);
CREATE INDEX due_item_by_partnership ON due_item (programme, partnership, due_on, id);
CREATE INDEX due_item_by_person ON due_item (programme, person, due_on, id);

-- Marks units, each once however many rows of a statement touch it. What was reckoned of them is forgotten at once: it may speak of
-- what was erased.
CREATE FUNCTION mark_due_units(of_programme uuid, units uuid[]) RETURNS void LANGUAGE sql AS $$
    UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL
        WHERE programme = of_programme AND unit = ANY(units);
    DELETE FROM due_item WHERE programme = of_programme AND unit = ANY(units);
$$;

-- For tables whose rows hang on a partnership.
CREATE FUNCTION due_of_new_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mark_due_units(programme, array_agg(DISTINCT partnership)) FROM new_rows GROUP BY programme;
    RETURN NULL;
END
$$;
CREATE FUNCTION due_of_old_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mark_due_units(programme, array_agg(DISTINCT partnership)) FROM old_rows GROUP BY programme;
    RETURN NULL;
END
$$;
CREATE FUNCTION due_of_changed_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mark_due_units(programme, array_agg(DISTINCT partnership)) FROM
        (SELECT programme, partnership FROM old_rows UNION SELECT programme, partnership FROM new_rows) touched
        GROUP BY programme;
    RETURN NULL;
END
$$;

CREATE TRIGGER due_of_new AFTER INSERT ON agreement REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_new_rows();
CREATE TRIGGER due_of_changed AFTER UPDATE ON agreement REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_changed_rows();
CREATE TRIGGER due_of_deleted AFTER DELETE ON agreement REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_old_rows();
CREATE TRIGGER due_of_new AFTER INSERT ON engagement REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_new_rows();
CREATE TRIGGER due_of_changed AFTER UPDATE ON engagement REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_changed_rows();
CREATE TRIGGER due_of_deleted AFTER DELETE ON engagement REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_old_rows();

-- What is answered touches the partnership or the committee that the item belongs to.
CREATE FUNCTION due_of_new_answers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mark_due_units(programme, array_agg(partnership) || array_agg(committee)) FROM new_rows GROUP BY programme;
    RETURN NULL;
END
$$;
CREATE FUNCTION due_of_old_answers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mark_due_units(programme, array_agg(partnership) || array_agg(committee)) FROM old_rows GROUP BY programme;
    RETURN NULL;
END
$$;
CREATE TRIGGER due_of_new AFTER INSERT ON due_response REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_new_answers();
CREATE TRIGGER due_of_changed AFTER UPDATE ON due_response REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_new_answers();
CREATE TRIGGER due_of_deleted AFTER DELETE ON due_response REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_old_answers();

-- A committee is a unit itself if it sees to no one partnership, else a part of that partnership's; so are its roles.
CREATE FUNCTION due_of_committees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO due_unit (programme, unit, kind, version, recheck_on)
            SELECT programme, id, 'committee', 1, '0001-01-01' FROM new_rows;
        PERFORM mark_due_units(programme, array_agg(DISTINCT partnership)) FROM new_rows GROUP BY programme;
    ELSIF TG_OP = 'UPDATE' THEN
        PERFORM mark_due_units(programme, array_agg(id) || array_agg(DISTINCT partnership)) FROM
            (SELECT programme, id, partnership FROM old_rows UNION SELECT programme, id, partnership FROM new_rows) touched
            GROUP BY programme;
    ELSE
        DELETE FROM due_item i USING old_rows o WHERE i.programme = o.programme AND i.unit = o.id;
        DELETE FROM due_unit u USING old_rows o WHERE u.programme = o.programme AND u.unit = o.id;
        PERFORM mark_due_units(programme, array_agg(DISTINCT partnership)) FROM old_rows GROUP BY programme;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER due_of_new AFTER INSERT ON committee REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_committees();
CREATE TRIGGER due_of_changed AFTER UPDATE ON committee REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_committees();
CREATE TRIGGER due_of_deleted AFTER DELETE ON committee REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_committees();
CREATE FUNCTION mark_due_committees(of_programme uuid, committees uuid[]) RETURNS void LANGUAGE sql AS $$
    SELECT mark_due_units(of_programme, array_agg(c.id) || array_agg(c.partnership))
        FROM committee c WHERE c.programme = of_programme AND c.id = ANY(committees);
$$;
CREATE FUNCTION due_of_roles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM mark_due_committees(programme, array_agg(DISTINCT committee)) FROM old_rows GROUP BY programme;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM mark_due_committees(programme, array_agg(DISTINCT committee)) FROM new_rows GROUP BY programme;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER due_of_new AFTER INSERT ON role REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_roles();
CREATE TRIGGER due_of_changed AFTER UPDATE ON role REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_roles();
CREATE TRIGGER due_of_deleted AFTER DELETE ON role REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_roles();

-- A partnership is a unit itself.
CREATE FUNCTION due_of_partnerships() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO due_unit (programme, unit, kind, version, recheck_on)
            SELECT programme, id, 'partnership', 1, '0001-01-01' FROM new_rows;
    ELSIF TG_OP = 'UPDATE' THEN
        PERFORM mark_due_units(programme, array_agg(id)) FROM new_rows GROUP BY programme;
    ELSE
        DELETE FROM due_item i USING old_rows o WHERE i.programme = o.programme AND i.unit = o.id;
        DELETE FROM due_unit u USING old_rows o WHERE u.programme = o.programme AND u.unit = o.id;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER due_of_new AFTER INSERT ON partnership REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_partnerships();
CREATE TRIGGER due_of_changed AFTER UPDATE ON partnership REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_partnerships();
CREATE TRIGGER due_of_deleted AFTER DELETE ON partnership REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_partnerships();

-- Plans and promises touch the due work of their partnership.
CREATE TRIGGER due_of_new AFTER INSERT ON action_plan REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_new_rows();
CREATE TRIGGER due_of_changed AFTER UPDATE ON action_plan REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_changed_rows();
CREATE TRIGGER due_of_deleted AFTER DELETE ON action_plan REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_old_rows();
CREATE TRIGGER due_of_new AFTER INSERT ON action_point REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_new_rows();
CREATE TRIGGER due_of_changed AFTER UPDATE ON action_point REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_changed_rows();
CREATE TRIGGER due_of_deleted AFTER DELETE ON action_point REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_old_rows();

-- A place lends its name and its clocks to the partnerships that it is a member of; one that is new is a member of none.
CREATE FUNCTION due_of_places() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mark_due_units(n.programme, array_agg(DISTINCT m.partnership)) FROM new_rows n
        JOIN partnership_member m ON m.programme = n.programme AND m.place = n.id GROUP BY n.programme;
    RETURN NULL;
END
$$;
CREATE TRIGGER due_of_changed AFTER UPDATE ON place REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_places();

-- The policies of a programme hold for all.
CREATE FUNCTION due_of_programmes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mark_due_units(u.programme, array_agg(u.unit)) FROM new_rows n
        JOIN due_unit u ON u.programme = n.id GROUP BY u.programme;
    RETURN NULL;
END
$$;
CREATE TRIGGER due_of_changed AFTER UPDATE ON programme REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION due_of_programmes();

-- The walls stand aside to fill it in; all of this is one transaction.
ALTER TABLE partnership DISABLE ROW LEVEL SECURITY;
INSERT INTO due_unit (programme, unit, kind, version, recheck_on)
    SELECT programme, id, 'partnership', 1, '0001-01-01' FROM partnership;
ALTER TABLE partnership ENABLE ROW LEVEL SECURITY;
ALTER TABLE committee DISABLE ROW LEVEL SECURITY;
INSERT INTO due_unit (programme, unit, kind, version, recheck_on)
    SELECT programme, id, 'committee', 1, '0001-01-01' FROM committee;
ALTER TABLE committee ENABLE ROW LEVEL SECURITY;

ALTER TABLE due_response ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON due_response USING (programme = (SELECT present_programme()));
ALTER TABLE due_unit ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON due_unit USING (programme = (SELECT present_programme()));
ALTER TABLE due_item ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON due_item USING (programme = (SELECT present_programme()));
