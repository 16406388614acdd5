-- Takes out of the index the words that records no longer have, one by one.
--
-- Each is named by the whole primary key. In one statement with a join, a server that has not counted the table yet, as after an
-- import, expects a few rows of the programme in it and reads them all, for every record.
CREATE FUNCTION forget_words(of_programme uuid, of_kind text, ids uuid[], kept text[]) RETURNS void LANGUAGE plpgsql
AS $$
DECLARE
    place  integer;
    stored text;
    gone   text;
BEGIN
    FOR place IN 1 .. cardinality(ids) LOOP
        SELECT s.words INTO stored FROM search s
            WHERE s.programme = of_programme AND s.kind = of_kind AND s.id = ids[place];
        CONTINUE WHEN stored IS NULL OR stored = kept[place];
        FOR gone IN
            SELECT unnest(string_to_array(stored, ' ')) EXCEPT SELECT unnest(string_to_array(kept[place], ' '))
        LOOP
            DELETE FROM search_word w
                WHERE w.programme = of_programme AND w.kind = of_kind AND w.word = gone AND w.id = ids[place];
        END LOOP;
    END LOOP;
END
$$;
