-- Of what somebody was told, so that it can be asked for; and which addresses take no mail. Times are microseconds since 1970-01-01 UTC.

ALTER TABLE notification ADD COLUMN event INTEGER; -- the place of the event in the journal
ALTER TABLE notification ADD COLUMN rule TEXT;     -- the name of the event, or the rule by which something is due
ALTER TABLE notification ADD COLUMN item BLOB;     -- the due item
ALTER TABLE delivery ADD COLUMN event INTEGER;     -- the event, of what tells one to a program
UPDATE notification SET event = json_extract(body, '$.cause.sequence'),
    rule = coalesce(json_extract(body, '$.cause.name'), json_extract(body, '$.cause.rule'));
UPDATE delivery SET event = json_extract(body, '$.content.cause.sequence');
CREATE INDEX notification_by_time ON notification (programme, made_at, id);
CREATE INDEX notification_of_event ON notification (programme, event, made_at, id) WHERE event IS NOT NULL;
CREATE INDEX notification_by_rule ON notification (programme, rule, made_at, id) WHERE rule IS NOT NULL;
CREATE INDEX delivery_of_event ON delivery (programme, event, made_at, id) WHERE event IS NOT NULL;
-- How many mails somebody gets within an hour.
CREATE INDEX delivery_by_hour ON delivery (programme, recipient, due_at) WHERE state IN ('ready', 'delivered');

-- An address of a person to which a mail server takes no mail.
CREATE TABLE refused_address (
    programme BLOB NOT NULL,
    person    BLOB NOT NULL,
    address   BLOB NOT NULL, -- a digest: the address itself is in the record alone
    since     INTEGER NOT NULL,
    detail    TEXT NOT NULL, -- what the server said, without addresses
    PRIMARY KEY (programme, person, address)
) STRICT, WITHOUT ROWID;
