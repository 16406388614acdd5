-- What is aimed at and reached, period by period.
CREATE TABLE indicator (
    programme   uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          uuid NOT NULL,
    revision    bigint NOT NULL,
    change      bigint NOT NULL,
    version     integer NOT NULL,
    body        text NOT NULL,
    partnership uuid, -- whose it is; none if it is of all
    plan        uuid, -- the action plan that it is of
    result_type text NOT NULL COLLATE "C", -- output, outcome, impact, other
    title_key   text NOT NULL COLLATE "C", -- the result with the title, folded
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, plan) REFERENCES action_plan (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX indicator_by_title ON indicator (programme, title_key, id, result_type);
CREATE INDEX indicator_by_partnership ON indicator (programme, partnership, title_key, id);
CREATE INDEX indicator_by_partnership_and_id ON indicator (programme, partnership, id);
CREATE INDEX indicator_by_plan ON indicator (programme, plan, title_key, id);
CREATE INDEX indicator_by_plan_and_id ON indicator (programme, plan, id);

ALTER TABLE indicator ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON indicator USING (programme = (SELECT present_programme()));
