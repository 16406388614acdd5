-- The key under which positions in lists are handed out: one for the installation, so that they outlive a restart and are good at every
-- server. It is drawn anew where it is missing.

CREATE TABLE cursor_key (
    programme BLOB PRIMARY KEY, -- nil: the installation
    sealed    BLOB NOT NULL     -- wrapped by the master key, if there is one
) STRICT, WITHOUT ROWID;
