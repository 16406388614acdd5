-- Names that stand in other records may lead to the record of a person or an organisation.

-- The people with a record who signed a version of an agreement.
CREATE TABLE agreement_signatory (
    programme uuid NOT NULL,
    agreement uuid NOT NULL,
    person    uuid NOT NULL,
    PRIMARY KEY (programme, agreement, person),
    FOREIGN KEY (programme, agreement) REFERENCES agreement (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, person) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX agreement_signatory_by_person ON agreement_signatory (programme, person, agreement);

-- The people with a record who stated for which periods the log of a partnership is complete.
CREATE TABLE partnership_stated_by (
    programme   uuid NOT NULL,
    partnership uuid NOT NULL,
    person      uuid NOT NULL,
    PRIMARY KEY (programme, partnership, person),
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, person) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX partnership_stated_by_by_person ON partnership_stated_by (programme, person, partnership);

-- The organisations with a record behind an engagement; each repeats when it began.
CREATE TABLE engagement_organisation (
    programme    uuid NOT NULL,
    engagement   uuid NOT NULL,
    organisation uuid NOT NULL,
    began_key    text NOT NULL COLLATE "C",
    PRIMARY KEY (programme, engagement, organisation),
    FOREIGN KEY (programme, engagement) REFERENCES engagement (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, organisation) REFERENCES organisation (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX engagement_organisation_by_organisation ON engagement_organisation (programme, organisation, began_key, engagement);

-- The people with a record who stood for an organisation in an engagement.
CREATE TABLE engagement_representative (
    programme  uuid NOT NULL,
    engagement uuid NOT NULL,
    person     uuid NOT NULL,
    PRIMARY KEY (programme, engagement, person),
    FOREIGN KEY (programme, engagement) REFERENCES engagement (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, person) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX engagement_representative_by_person ON engagement_representative (programme, person, engagement);

ALTER TABLE agreement_signatory ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON agreement_signatory USING (programme = (SELECT present_programme()));

ALTER TABLE partnership_stated_by ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON partnership_stated_by USING (programme = (SELECT present_programme()));

ALTER TABLE engagement_organisation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON engagement_organisation USING (programme = (SELECT present_programme()));

ALTER TABLE engagement_representative ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON engagement_representative USING (programme = (SELECT present_programme()));
