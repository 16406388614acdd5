-- What an hour, a day or a gift is worth, where and when, and who says so.
CREATE TABLE valuation_rate (
    programme  BLOB NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    id         BLOB NOT NULL,
    revision   INTEGER NOT NULL,
    change     INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    body       TEXT NOT NULL,
    kind       TEXT NOT NULL, -- what it values
    country    TEXT, -- ISO 3166-1 alpha-2
    place      BLOB, -- the one place where it holds
    valid_from TEXT NOT NULL, -- the first day on which it holds
    PRIMARY KEY (programme, id),
    FOREIGN KEY (programme, place) REFERENCES place (programme, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX valuation_rate_by_beginning ON valuation_rate (programme, valid_from, id, country);
CREATE INDEX valuation_rate_by_kind ON valuation_rate (programme, kind, valid_from, id);
CREATE INDEX valuation_rate_by_place ON valuation_rate (programme, place, valid_from, id);
CREATE INDEX valuation_rate_by_place_and_id ON valuation_rate (programme, place, id);
