-- Promises: plans that two cities agreed on, and their points.

-- What two cities promised each other, in one go.
CREATE TABLE action_plan (
    programme   uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          uuid NOT NULL,
    revision    bigint NOT NULL,
    change      bigint NOT NULL,
    version     integer NOT NULL,
    body        text NOT NULL,
    partnership uuid NOT NULL,
    agreement   uuid,                      -- if it was signed with or under one
    kind        text NOT NULL COLLATE "C", -- such as reawakening
    next_check  date,                      -- the day by which somebody is to look at it; none if nobody has to
    agreed_key  text NOT NULL COLLATE "C", -- empty if nobody knows when
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, agreement) REFERENCES agreement (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX action_plan_by_agreed ON action_plan (programme, agreed_key, id, kind, next_check);
CREATE INDEX action_plan_by_partnership ON action_plan (programme, partnership, agreed_key, id);
CREATE INDEX action_plan_by_agreement ON action_plan (programme, agreement, agreed_key, id);

-- One thing that was promised.
CREATE TABLE action_point (
    programme      uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id             uuid NOT NULL,
    revision       bigint NOT NULL,
    change         bigint NOT NULL,
    version        integer NOT NULL,
    body           text NOT NULL,
    plan           uuid NOT NULL,
    partnership    uuid NOT NULL,             -- that of the plan
    state          text NOT NULL COLLATE "C",
    due            date,                      -- the last day on which it is in time
    due_key        text NOT NULL COLLATE "C", -- ~ if no date was said
    number         bigint NOT NULL,
    number_in_plan text NOT NULL COLLATE "C", -- plan and number: each point has its own
    PRIMARY KEY (programme, id),
    CONSTRAINT action_point_by_number_in_plan UNIQUE (programme, number_in_plan) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, plan) REFERENCES action_plan (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX action_point_by_due ON action_point (programme, due_key, id, due);
CREATE INDEX action_point_by_number ON action_point (programme, number, id);
CREATE INDEX action_point_by_plan_and_due ON action_point (programme, plan, due_key, id);
CREATE INDEX action_point_by_plan_and_number ON action_point (programme, plan, number, id);
CREATE INDEX action_point_by_partnership ON action_point (programme, partnership, due_key, id);
CREATE INDEX action_point_by_state ON action_point (programme, state, due_key, id);

ALTER TABLE action_plan ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON action_plan USING (programme = (SELECT present_programme()));

ALTER TABLE action_point ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON action_point USING (programme = (SELECT present_programme()));
