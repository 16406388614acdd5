-- What an hour, a day or a gift is worth, where and when, and who says so.
CREATE TABLE valuation_rate (
    programme  uuid NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id         uuid NOT NULL,
    revision   bigint NOT NULL,
    change     bigint NOT NULL,
    version    integer NOT NULL,
    body       text NOT NULL,
    kind       text NOT NULL COLLATE "C", -- what it values
    country    text COLLATE "C", -- ISO 3166-1 alpha-2
    place      uuid, -- the one place where it holds
    valid_from date NOT NULL, -- the first day on which it holds
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, place) REFERENCES place (programme, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX valuation_rate_by_beginning ON valuation_rate (programme, valid_from, id, country);
CREATE INDEX valuation_rate_by_kind ON valuation_rate (programme, kind, valid_from, id);
CREATE INDEX valuation_rate_by_place ON valuation_rate (programme, place, valid_from, id);
CREATE INDEX valuation_rate_by_place_and_id ON valuation_rate (programme, place, id);

ALTER TABLE valuation_rate ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON valuation_rate USING (programme = (SELECT present_programme()));
