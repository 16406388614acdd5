-- What records are found by: the words of the fields that the catalogue declares, taken apart by the program (module `search`).
-- They are filled in when the database is opened, and whenever the program takes texts apart in another way; `user_version` says how it did.

-- The words of a record, each once, sorted. The number is the row of the index; the newest record has the greatest.
CREATE TABLE search (
    number    INTEGER PRIMARY KEY,
    programme BLOB NOT NULL,
    kind      TEXT NOT NULL,
    id        BLOB NOT NULL,
    scope     TEXT NOT NULL, -- a word that only the records of one kind and programme have
    words     TEXT NOT NULL,
    UNIQUE (programme, kind, id)
) STRICT;

-- Which words are in which rows. Every character outside of ASCII is part of a word, so words are parted at spaces only.
CREATE VIRTUAL TABLE search_index USING fts5 (
    scope, words, content = 'search', content_rowid = 'number', tokenize = 'ascii', detail = none, columnsize = 0
);
-- What leaves the index leaves nothing behind.
INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);
