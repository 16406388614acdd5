-- What programs of other versions have to know of this schema.

CREATE TABLE schema_state (
    one                  boolean PRIMARY KEY DEFAULT true CHECK (one),
    oldest_program       bigint NOT NULL, -- a program must know this version of the schema to work with it; raised by a migration that breaks older ones
    search_words_version bigint           -- by which rules the words of search were split; none if nothing was indexed yet
);
-- It stands in the comment on the table too, for programs of the version before: without it they would index everything anew.
INSERT INTO schema_state (oldest_program, search_words_version)
    VALUES (61, substring(obj_description('search'::regclass, 'pg_class') FROM '^words of version (\d+)$')::bigint);

-- The one column of a record that is not in the catalogue, which comments the others.
COMMENT ON COLUMN access_token.of_programme IS 'The programme of the token, if it is for one; refers to it.';
