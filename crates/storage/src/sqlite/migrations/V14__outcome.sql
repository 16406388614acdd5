-- What came of what the cities did, and the records it cites. An outcome is one row however many it cites.

CREATE TABLE outcome (
    programme   BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          BLOB NOT NULL,
    revision    INTEGER NOT NULL,
    change      INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    body        TEXT NOT NULL,
    kind        TEXT NOT NULL, -- what sort of outcome: jobs, deal …
    evidence    TEXT NOT NULL, -- how well it is shown, after all steps
    attribution TEXT NOT NULL, -- direct, contributed, unknown
    first_day   TEXT, -- the first day it can have been there
    last_day    TEXT, -- the last day it can have come
    date_key    TEXT NOT NULL, -- empty if undated
    PRIMARY KEY (programme, id)
) STRICT;
CREATE INDEX outcome_by_date ON outcome (programme, date_key, id, kind, evidence, attribution, first_day, last_day);

-- The partnerships that an outcome cites; each repeats its date.
CREATE TABLE outcome_partnership (
    programme   BLOB NOT NULL,
    outcome     BLOB NOT NULL,
    partnership BLOB NOT NULL,
    date_key    TEXT NOT NULL,
    PRIMARY KEY (programme, outcome, partnership),
    FOREIGN KEY (programme, outcome) REFERENCES outcome (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX outcome_partnership_by_partnership ON outcome_partnership (programme, partnership, date_key, outcome);

-- The engagements that an outcome cites; each repeats its date.
CREATE TABLE outcome_engagement (
    programme   BLOB NOT NULL,
    outcome     BLOB NOT NULL,
    engagement  BLOB NOT NULL,
    date_key    TEXT NOT NULL,
    PRIMARY KEY (programme, outcome, engagement),
    FOREIGN KEY (programme, outcome) REFERENCES outcome (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, engagement) REFERENCES engagement (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX outcome_engagement_by_engagement ON outcome_engagement (programme, engagement, date_key, outcome);

-- The agreements that an outcome cites; each repeats its date.
CREATE TABLE outcome_agreement (
    programme   BLOB NOT NULL,
    outcome     BLOB NOT NULL,
    agreement   BLOB NOT NULL,
    date_key    TEXT NOT NULL,
    PRIMARY KEY (programme, outcome, agreement),
    FOREIGN KEY (programme, outcome) REFERENCES outcome (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, agreement) REFERENCES agreement (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX outcome_agreement_by_agreement ON outcome_agreement (programme, agreement, date_key, outcome);
