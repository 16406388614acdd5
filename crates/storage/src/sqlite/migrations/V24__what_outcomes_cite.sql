-- The points of action plans that an outcome cites; each repeats its date.
CREATE TABLE outcome_action_point (
    programme    BLOB NOT NULL,
    outcome      BLOB NOT NULL,
    action_point BLOB NOT NULL,
    date_key     TEXT NOT NULL,
    PRIMARY KEY (programme, outcome, action_point),
    FOREIGN KEY (programme, outcome) REFERENCES outcome (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, action_point) REFERENCES action_point (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX outcome_action_point_by_action_point ON outcome_action_point (programme, action_point, date_key, outcome);

-- The practices that an outcome cites; each repeats its date.
CREATE TABLE outcome_practice (
    programme BLOB NOT NULL,
    outcome   BLOB NOT NULL,
    practice  BLOB NOT NULL,
    date_key  TEXT NOT NULL,
    PRIMARY KEY (programme, outcome, practice),
    FOREIGN KEY (programme, outcome) REFERENCES outcome (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, practice) REFERENCES practice (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX outcome_practice_by_practice ON outcome_practice (programme, practice, date_key, outcome);
