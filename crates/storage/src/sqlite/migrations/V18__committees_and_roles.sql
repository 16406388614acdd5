-- Committees, and the roles that people hold in committees, organisations and administrations.
--
-- Days are columns so that lists can be asked as of one; a day that nobody knows is the first of all, one that has not come the last.

CREATE TABLE committee (
    programme   BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          BLOB NOT NULL,
    revision    INTEGER NOT NULL,
    change      INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    body        TEXT NOT NULL,
    name_key    TEXT NOT NULL, -- the name, folded: lists are in its order
    partnership BLOB, -- what it sees to, if it is a partnership
    theme       TEXT, -- the same, if it is a theme
    place       BLOB, -- the city whose committee it is
    first_day   TEXT NOT NULL, -- on which it can have existed
    last_day    TEXT NOT NULL, -- on which it can exist
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, place) REFERENCES place (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX committee_by_name_key ON committee (programme, name_key, id);
CREATE INDEX committee_by_partnership ON committee (programme, partnership, id);
CREATE INDEX committee_by_place ON committee (programme, place, id);

CREATE TABLE role (
    programme     BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id            BLOB NOT NULL,
    revision      INTEGER NOT NULL,
    change        INTEGER NOT NULL,
    version       INTEGER NOT NULL,
    body          TEXT NOT NULL,
    person        BLOB, -- who holds it, if that is known
    committee     BLOB, -- where it is held, if that is a committee
    organisation  BLOB, -- the same, if that is an organisation
    place         BLOB, -- the same, if that is the administration of a place
    function      TEXT NOT NULL, -- chair, secretary, mayor …
    fills_term_of BLOB, -- the role whose term it serves to the end
    successor     BLOB, -- the role that took over when it ended
    first_day     TEXT NOT NULL, -- on which it can have been held
    last_day      TEXT NOT NULL, -- on which it can be held
    began_key     TEXT NOT NULL, -- when it began: lists are in its order
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, person) REFERENCES person (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, organisation) REFERENCES organisation (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, committee) REFERENCES committee (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, place) REFERENCES place (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, fills_term_of) REFERENCES role (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, successor) REFERENCES role (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX role_by_person ON role (programme, person, id);
CREATE INDEX role_by_organisation ON role (programme, organisation, id);
CREATE INDEX role_by_committee ON role (programme, committee, id);
CREATE INDEX role_by_place ON role (programme, place, id);
CREATE INDEX role_by_fills_term_of ON role (programme, fills_term_of, id);
CREATE INDEX role_by_successor ON role (programme, successor, id);
CREATE INDEX role_by_began_key ON role (programme, began_key, id);
