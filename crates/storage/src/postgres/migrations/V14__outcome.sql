-- What came of what the cities did, and the records it cites. An outcome is one row however many it cites.

CREATE TABLE outcome (
    programme   uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          uuid NOT NULL,
    revision    bigint NOT NULL,
    change      bigint NOT NULL,
    version     integer NOT NULL,
    body        text NOT NULL,
    kind        text NOT NULL COLLATE "C", -- what sort of outcome: jobs, deal …
    evidence    text NOT NULL COLLATE "C", -- how well it is shown, after all steps
    attribution text NOT NULL COLLATE "C", -- direct, contributed, unknown
    first_day   date, -- the first day it can have been there
    last_day    date, -- the last day it can have come
    date_key    text NOT NULL COLLATE "C", -- empty if undated
    PRIMARY KEY (programme, id)
);
CREATE INDEX outcome_by_date ON outcome (programme, date_key, id, kind, evidence, attribution, first_day, last_day);

-- The partnerships that an outcome cites; each repeats its date.
CREATE TABLE outcome_partnership (
    programme   uuid NOT NULL,
    outcome     uuid NOT NULL,
    partnership uuid NOT NULL,
    date_key    text NOT NULL COLLATE "C",
    PRIMARY KEY (programme, outcome, partnership),
    FOREIGN KEY (programme, outcome) REFERENCES outcome (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX outcome_partnership_by_partnership ON outcome_partnership (programme, partnership, date_key, outcome);

-- The engagements that an outcome cites; each repeats its date.
CREATE TABLE outcome_engagement (
    programme   uuid NOT NULL,
    outcome     uuid NOT NULL,
    engagement  uuid NOT NULL,
    date_key    text NOT NULL COLLATE "C",
    PRIMARY KEY (programme, outcome, engagement),
    FOREIGN KEY (programme, outcome) REFERENCES outcome (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, engagement) REFERENCES engagement (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX outcome_engagement_by_engagement ON outcome_engagement (programme, engagement, date_key, outcome);

-- The agreements that an outcome cites; each repeats its date.
CREATE TABLE outcome_agreement (
    programme   uuid NOT NULL,
    outcome     uuid NOT NULL,
    agreement   uuid NOT NULL,
    date_key    text NOT NULL COLLATE "C",
    PRIMARY KEY (programme, outcome, agreement),
    FOREIGN KEY (programme, outcome) REFERENCES outcome (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, agreement) REFERENCES agreement (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX outcome_agreement_by_agreement ON outcome_agreement (programme, agreement, date_key, outcome);

ALTER TABLE outcome ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON outcome USING (programme = (SELECT present_programme()));

ALTER TABLE outcome_partnership ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON outcome_partnership USING (programme = (SELECT present_programme()));

ALTER TABLE outcome_engagement ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON outcome_engagement USING (programme = (SELECT present_programme()));

ALTER TABLE outcome_agreement ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON outcome_agreement USING (programme = (SELECT present_programme()));
