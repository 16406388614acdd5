-- What programmes share: the only rows that another programme may read, the one they name as their peer.
--
-- A peer is named without a foreign key, which would tell whether there is such a programme.
-- The wall has a window here: a row is seen by its own programme, which alone may write it, and read by its peer. The rows hold
-- no more than what the peer is told, so that the window shows nothing else even without any condition in a statement.

-- One programme's word that another keeps the same bond.
CREATE TABLE peer_link (
    programme   uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id          uuid NOT NULL,
    revision    bigint NOT NULL,
    change      bigint NOT NULL,
    version     integer NOT NULL,
    body        text NOT NULL,
    peer        uuid NOT NULL, -- the other programme
    partnership uuid NOT NULL, -- the bond, as this programme keeps it
    PRIMARY KEY (programme, id),
    CONSTRAINT peer_link_by_peer UNIQUE (programme, peer) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, partnership) REFERENCES partnership (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX peer_link_shown ON peer_link (peer, id);
CREATE INDEX peer_link_by_partnership ON peer_link (programme, partnership, id);

-- What the peer is told of a record.
CREATE TABLE shared_record (
    programme  uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id         uuid NOT NULL,
    revision   bigint NOT NULL,
    change     bigint NOT NULL,
    version    integer NOT NULL,
    body       text NOT NULL,
    peer       uuid NOT NULL, -- the other programme
    link       uuid NOT NULL, -- what it rests on
    engagement uuid,          -- the record, if it is one
    agreement  uuid,          -- the same
    told       text NOT NULL COLLATE "C", -- link and record: each is told once
    PRIMARY KEY (programme, id),
    CONSTRAINT shared_record_by_told UNIQUE (programme, told) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, link) REFERENCES peer_link (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, engagement) REFERENCES engagement (programme, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (programme, agreement) REFERENCES agreement (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX shared_record_shown ON shared_record (peer, id);
CREATE INDEX shared_record_by_peer ON shared_record (programme, peer, id);
CREATE INDEX shared_record_by_link ON shared_record (programme, link, id);
CREATE INDEX shared_record_by_engagement ON shared_record (programme, engagement, id);
CREATE INDEX shared_record_by_agreement ON shared_record (programme, agreement, id);

ALTER TABLE peer_link ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON peer_link USING (programme = (SELECT present_programme()));
CREATE POLICY shown_to_peer ON peer_link FOR SELECT USING (peer = (SELECT present_programme()));

ALTER TABLE shared_record ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON shared_record USING (programme = (SELECT present_programme()));
CREATE POLICY shown_to_peer ON shared_record FOR SELECT USING (peer = (SELECT present_programme()));
