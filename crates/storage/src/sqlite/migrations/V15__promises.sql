-- Promises: plans that two cities agreed on, and their points.

-- What two cities promised each other, in one go.
CREATE TABLE action_plan (
    programme   BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          BLOB NOT NULL,
    revision    INTEGER NOT NULL,
    change      INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    body        TEXT NOT NULL,
    partnership BLOB NOT NULL,
    agreement   BLOB,          -- if it was signed with or under one
    kind        TEXT NOT NULL, -- such as reawakening
    next_check  TEXT,          -- the day by which somebody is to look at it; none if nobody has to
    agreed_key  TEXT NOT NULL, -- empty if nobody knows when
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, agreement) REFERENCES agreement (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX action_plan_by_agreed ON action_plan (programme, agreed_key, id, kind, next_check);
CREATE INDEX action_plan_by_partnership ON action_plan (programme, partnership, agreed_key, id);
CREATE INDEX action_plan_by_agreement ON action_plan (programme, agreement, agreed_key, id);

-- One thing that was promised.
CREATE TABLE action_point (
    programme      BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id             BLOB NOT NULL,
    revision       INTEGER NOT NULL,
    change         INTEGER NOT NULL,
    version        INTEGER NOT NULL,
    body           TEXT NOT NULL,
    plan           BLOB NOT NULL,
    partnership    BLOB NOT NULL, -- that of the plan
    state          TEXT NOT NULL,
    due            TEXT,          -- the last day on which it is in time
    due_key        TEXT NOT NULL, -- ~ if no date was said
    number         INTEGER NOT NULL,
    number_in_plan TEXT NOT NULL, -- plan and number: each point has its own
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, plan) REFERENCES action_plan (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE UNIQUE INDEX action_point_by_number_in_plan ON action_point (programme, number_in_plan);
CREATE INDEX action_point_by_due ON action_point (programme, due_key, id, due);
CREATE INDEX action_point_by_number ON action_point (programme, number, id);
CREATE INDEX action_point_by_plan_and_due ON action_point (programme, plan, due_key, id);
CREATE INDEX action_point_by_plan_and_number ON action_point (programme, plan, number, id);
CREATE INDEX action_point_by_partnership ON action_point (programme, partnership, due_key, id);
CREATE INDEX action_point_by_state ON action_point (programme, state, due_key, id);
