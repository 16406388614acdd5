-- What is aimed at and reached, period by period.
CREATE TABLE indicator (
    programme   BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          BLOB NOT NULL,
    revision    INTEGER NOT NULL,
    change      INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    body        TEXT NOT NULL,
    partnership BLOB, -- whose it is; none if it is of all
    plan        BLOB, -- the action plan that it is of
    result_type TEXT NOT NULL, -- output, outcome, impact, other
    title_key   TEXT NOT NULL, -- the result with the title, folded
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, plan) REFERENCES action_plan (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX indicator_by_title ON indicator (programme, title_key, id, result_type);
CREATE INDEX indicator_by_partnership ON indicator (programme, partnership, title_key, id);
CREATE INDEX indicator_by_partnership_and_id ON indicator (programme, partnership, id);
CREATE INDEX indicator_by_plan ON indicator (programme, plan, title_key, id);
CREATE INDEX indicator_by_plan_and_id ON indicator (programme, plan, id);
