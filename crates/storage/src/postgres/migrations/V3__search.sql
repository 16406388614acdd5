-- What records are found by: the words of the fields that the catalogue declares, taken apart by the program (module `search`).
-- They are filled in by whoever migrates, and whenever the program takes texts apart in another way; the comment on `search` says
-- how it did.
--
-- Why not a tsvector: behind row-level security only conditions that are known not to leak may use an index, and `@@` is not one of
-- them. A word that equals another is, so this works, on every engine that speaks the protocol.

-- The words of a record, each once, sorted, with a space between two.
CREATE TABLE search (
    programme uuid NOT NULL,
    kind      text NOT NULL COLLATE "C",
    id        uuid NOT NULL,
    words     text NOT NULL COLLATE "C",
    PRIMARY KEY (programme, kind, id)
);

-- The same, to be found by a word or its beginning.
CREATE TABLE search_word (
    programme uuid NOT NULL,
    kind      text NOT NULL COLLATE "C",
    word      text NOT NULL COLLATE "C",
    id        uuid NOT NULL,
    PRIMARY KEY (programme, kind, word, id)
);

ALTER TABLE search ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON search USING (programme = (SELECT present_programme()));
ALTER TABLE search_word ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON search_word USING (programme = (SELECT present_programme()));
