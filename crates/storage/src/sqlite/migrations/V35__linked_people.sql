-- Names that stand in other records may lead to the record of a person or an organisation.

-- The people with a record who signed a version of an agreement.
CREATE TABLE agreement_signatory (
    programme BLOB NOT NULL,
    agreement BLOB NOT NULL,
    person    BLOB NOT NULL,
    PRIMARY KEY (programme, agreement, person),
    FOREIGN KEY (programme, agreement) REFERENCES agreement (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, person) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX agreement_signatory_by_person ON agreement_signatory (programme, person, agreement);

-- The people with a record who stated for which periods the log of a partnership is complete.
CREATE TABLE partnership_stated_by (
    programme   BLOB NOT NULL,
    partnership BLOB NOT NULL,
    person      BLOB NOT NULL,
    PRIMARY KEY (programme, partnership, person),
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, person) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX partnership_stated_by_by_person ON partnership_stated_by (programme, person, partnership);

-- The organisations with a record behind an engagement; each repeats when it began.
CREATE TABLE engagement_organisation (
    programme    BLOB NOT NULL,
    engagement   BLOB NOT NULL,
    organisation BLOB NOT NULL,
    began_key    TEXT NOT NULL,
    PRIMARY KEY (programme, engagement, organisation),
    FOREIGN KEY (programme, engagement) REFERENCES engagement (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, organisation) REFERENCES organisation (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX engagement_organisation_by_organisation ON engagement_organisation (programme, organisation, began_key, engagement);

-- The people with a record who stood for an organisation in an engagement.
CREATE TABLE engagement_representative (
    programme  BLOB NOT NULL,
    engagement BLOB NOT NULL,
    person     BLOB NOT NULL,
    PRIMARY KEY (programme, engagement, person),
    FOREIGN KEY (programme, engagement) REFERENCES engagement (programme, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, person) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX engagement_representative_by_person ON engagement_representative (programme, person, engagement);
