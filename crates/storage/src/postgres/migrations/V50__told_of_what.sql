-- Of what somebody was told, so that it can be asked for; and which addresses take no mail. Times are microseconds since 1970-01-01 UTC.

ALTER TABLE notification ADD COLUMN event bigint; -- the place of the event in the journal
ALTER TABLE notification ADD COLUMN rule text COLLATE "C"; -- the name of the event, or the rule by which something is due
ALTER TABLE notification ADD COLUMN item uuid;    -- the due item
ALTER TABLE delivery ADD COLUMN event bigint;     -- the event, of what tells one to a program
ALTER TABLE notification DISABLE ROW LEVEL SECURITY;
ALTER TABLE delivery DISABLE ROW LEVEL SECURITY;
UPDATE notification SET event = (body::json -> 'cause' ->> 'sequence')::bigint,
    rule = coalesce(body::json -> 'cause' ->> 'name', body::json -> 'cause' ->> 'rule');
UPDATE delivery SET event = (body::json -> 'content' -> 'cause' ->> 'sequence')::bigint;
ALTER TABLE notification ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery ENABLE ROW LEVEL SECURITY;
CREATE INDEX notification_by_time ON notification (programme, made_at, id);
CREATE INDEX notification_of_event ON notification (programme, event, made_at, id) WHERE event IS NOT NULL;
CREATE INDEX notification_by_rule ON notification (programme, rule, made_at, id) WHERE rule IS NOT NULL;
CREATE INDEX delivery_of_event ON delivery (programme, event, made_at, id) WHERE event IS NOT NULL;
-- How many mails somebody gets within an hour.
CREATE INDEX delivery_by_hour ON delivery (programme, recipient, due_at) WHERE state IN ('ready', 'delivered');

-- An address of a person to which a mail server takes no mail.
CREATE TABLE refused_address (
    programme uuid NOT NULL,
    person    uuid NOT NULL,
    address   bytea NOT NULL, -- a digest: the address itself is in the record alone
    since     bigint NOT NULL,
    detail    text NOT NULL, -- what the server said, without addresses
    PRIMARY KEY (programme, person, address)
);
ALTER TABLE refused_address ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programme ON refused_address USING (programme = (SELECT present_programme()));
-- What is still due was told, and is not to be told again: who forgets has to see it.
CREATE POLICY doing_work ON due_item FOR SELECT USING ((SELECT present_errand()) = 'work');
CREATE POLICY doing_work ON due_unit FOR SELECT USING ((SELECT present_errand()) = 'work');
