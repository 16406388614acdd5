-- The points of action plans that an outcome cites; each repeats its date.
CREATE TABLE outcome_action_point (
    programme    uuid NOT NULL,
    outcome      uuid NOT NULL,
    action_point uuid NOT NULL,
    date_key     text NOT NULL COLLATE "C",
    PRIMARY KEY (programme, outcome, action_point),
    FOREIGN KEY (programme, outcome) REFERENCES outcome (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, action_point) REFERENCES action_point (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX outcome_action_point_by_action_point ON outcome_action_point (programme, action_point, date_key, outcome);

-- The practices that an outcome cites; each repeats its date.
CREATE TABLE outcome_practice (
    programme uuid NOT NULL,
    outcome   uuid NOT NULL,
    practice  uuid NOT NULL,
    date_key  text NOT NULL COLLATE "C",
    PRIMARY KEY (programme, outcome, practice),
    FOREIGN KEY (programme, outcome) REFERENCES outcome (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, practice) REFERENCES practice (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX outcome_practice_by_practice ON outcome_practice (programme, practice, date_key, outcome);

ALTER TABLE outcome_action_point ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON outcome_action_point USING (programme = (SELECT present_programme()));

ALTER TABLE outcome_practice ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON outcome_practice USING (programme = (SELECT present_programme()));
