-- The words of search name programme and kind by a number: they took 27 bytes of each row, and of each entry of its index, of which there
-- are eight for a record.

-- What words are of: the records of one kind in a programme.
CREATE TABLE search_scope (
    programme uuid NOT NULL,
    kind      text NOT NULL COLLATE "C",
    number    integer GENERATED ALWAYS AS IDENTITY UNIQUE,
    PRIMARY KEY (programme, kind)
);
ALTER TABLE search_scope ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON search_scope USING (programme = (SELECT present_programme()));

-- The walls stand aside while what is there is brought over; all of this is one transaction.
ALTER TABLE search_scope DISABLE ROW LEVEL SECURITY;
ALTER TABLE search_word DISABLE ROW LEVEL SECURITY;
ALTER TABLE search DISABLE ROW LEVEL SECURITY;
INSERT INTO search_scope (programme, kind) SELECT DISTINCT programme, kind FROM search;
ALTER TABLE search_word RENAME TO search_word_before;
ALTER TABLE search_word_before RENAME CONSTRAINT search_word_pkey TO search_word_before_pkey;
CREATE TABLE search_word (
    scope integer NOT NULL,
    word  text NOT NULL COLLATE "C",
    id    uuid NOT NULL,
    PRIMARY KEY (scope, word, id)
);
INSERT INTO search_word (scope, word, id) SELECT s.number, w.word, w.id FROM search_word_before w
    JOIN search_scope s ON s.programme = w.programme AND s.kind = w.kind ORDER BY s.number, w.word, w.id;
DROP TABLE search_word_before;
ALTER TABLE search_scope ENABLE ROW LEVEL SECURITY;
ALTER TABLE search ENABLE ROW LEVEL SECURITY;
ALTER TABLE search_word ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON search_word USING (scope IN (SELECT number FROM search_scope));

-- The number of a scope, which is made if it is new.
CREATE FUNCTION scope_of(of_programme uuid, of_kind text) RETURNS integer LANGUAGE plpgsql
AS $$
DECLARE
    found_number integer;
BEGIN
    SELECT s.number INTO found_number FROM search_scope s WHERE s.programme = of_programme AND s.kind = of_kind;
    IF found_number IS NULL THEN
        INSERT INTO search_scope (programme, kind) VALUES (of_programme, of_kind) ON CONFLICT DO NOTHING;
        SELECT s.number INTO found_number FROM search_scope s WHERE s.programme = of_programme AND s.kind = of_kind;
    END IF;
    RETURN found_number;
END
$$;

DROP FUNCTION forget_words(uuid, text, uuid[], text[]);
CREATE FUNCTION forget_words(of_programme uuid, of_kind text, ids uuid[], kept text[]) RETURNS void LANGUAGE plpgsql
AS $$
DECLARE
    place    integer;
    stored   text;
    gone     text;
    of_scope integer := scope_of(of_programme, of_kind);
BEGIN
    FOR place IN 1 .. cardinality(ids) LOOP
        SELECT s.words INTO stored FROM search s
            WHERE s.programme = of_programme AND s.kind = of_kind AND s.id = ids[place];
        CONTINUE WHEN stored IS NULL OR stored = kept[place];
        FOR gone IN
            SELECT unnest(string_to_array(stored, ' ')) EXCEPT SELECT unnest(string_to_array(kept[place], ' '))
        LOOP
            DELETE FROM search_word w WHERE w.scope = of_scope AND w.word = gone AND w.id = ids[place];
        END LOOP;
    END LOOP;
END
$$;

-- A program that does not know the numbers finds nothing, and writes nothing that is found.
UPDATE schema_state SET oldest_program = 63;
