-- The index of search takes in new rows of `search` by the lot: those after this number are not in it yet, and are looked through
-- one by one. One row.
CREATE TABLE search_indexed (number INTEGER NOT NULL) STRICT;
INSERT INTO search_indexed (number) SELECT coalesce(max(number), 0) FROM search;
