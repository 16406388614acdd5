-- What programmes share: the only rows that another programme may read, the one they name as their peer.
--
-- A peer is named without a foreign key, which would tell whether there is such a programme.

-- One programme's word that another keeps the same bond.
CREATE TABLE peer_link (
    programme   BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          BLOB NOT NULL,
    revision    INTEGER NOT NULL,
    change      INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    body        TEXT NOT NULL,
    peer        BLOB NOT NULL, -- the other programme
    partnership BLOB NOT NULL, -- the bond, as this programme keeps it
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE UNIQUE INDEX peer_link_by_peer ON peer_link (programme, peer);
CREATE INDEX peer_link_shown ON peer_link (peer, id);
CREATE INDEX peer_link_by_partnership ON peer_link (programme, partnership, id);

-- What the peer is told of a record.
CREATE TABLE shared_record (
    programme  BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id         BLOB NOT NULL,
    revision   INTEGER NOT NULL,
    change     INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    body       TEXT NOT NULL,
    peer       BLOB NOT NULL, -- the other programme
    link       BLOB NOT NULL, -- what it rests on
    engagement BLOB,          -- the record, if it is one
    agreement  BLOB,          -- the same
    told       TEXT NOT NULL, -- link and record: each is told once
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, link) REFERENCES peer_link (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, engagement) REFERENCES engagement (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, agreement) REFERENCES agreement (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE UNIQUE INDEX shared_record_by_told ON shared_record (programme, told);
CREATE INDEX shared_record_shown ON shared_record (peer, id);
CREATE INDEX shared_record_by_peer ON shared_record (programme, peer, id);
CREATE INDEX shared_record_by_link ON shared_record (programme, link, id);
CREATE INDEX shared_record_by_engagement ON shared_record (programme, engagement, id);
CREATE INDEX shared_record_by_agreement ON shared_record (programme, agreement, id);
