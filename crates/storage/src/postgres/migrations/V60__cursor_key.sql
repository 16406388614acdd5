-- The key under which positions in lists are handed out: one for the installation, so that they outlive a restart and are good at every
-- server. It is drawn anew where it is missing.

CREATE TABLE cursor_key (
    programme uuid PRIMARY KEY, -- nil: the installation
    sealed    bytea NOT NULL    -- wrapped by the master key, if there is one
);
ALTER TABLE cursor_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON cursor_key USING (programme = (SELECT present_programme()));
