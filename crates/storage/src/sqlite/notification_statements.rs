//! The statements about notifications and deliveries.

/// What stands before the number of a parameter.
pub(super) const SIGN: char = '?';

statements! {
    POSITION = "SELECT sequence FROM notification_position WHERE programme = ?1";
    MOVE_POSITION = "INSERT INTO notification_position (programme, sequence) VALUES (?1, ?2) \
        ON CONFLICT (programme) DO UPDATE SET sequence = excluded.sequence";
    ADD_NOTIFICATION = "INSERT INTO notification (programme, id, person, digest, made_at, read_at, body, event, rule, item) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING";
    ADD_DELIVERY = "INSERT INTO delivery \
        (programme, id, recipient, channel, state, due_at, attempts, resent_after, made_at, body, event) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, ?7, ?8, ?9) ON CONFLICT DO NOTHING";
    /// `(programme, recipient, channel, due_at)`: a lane that is leased finds it when it is given back.
    WAKE_LANE = "INSERT INTO work (programme, id, topic, sequence, state, attempts, due_at, fence) \
        VALUES (?1, ?2, ?3, 0, 'ready', 0, ?4, 0) ON CONFLICT (programme, id) DO UPDATE SET state = 'ready', \
        due_at = max(CASE state WHEN 'ready' THEN min(due_at, excluded.due_at) ELSE excluded.due_at END, \
        coalesce((SELECT l.paused_until FROM delivery_lane l WHERE l.programme = ?1 AND l.recipient = ?2), 0)) \
        WHERE state <> 'leased'";
    TO_SEND = "SELECT body, state, due_at, attempts, resent_after, last_error FROM delivery \
        WHERE programme = ?1 AND recipient = ?2 AND state = 'ready' AND due_at <= ?3 ORDER BY due_at, id LIMIT ?4";
    /// `(programme, id, fence)`.
    HOLDS = "SELECT 1 FROM work WHERE programme = ?1 AND id = ?2 AND fence = ?3 AND state = 'leased'";
    UPDATE_DELIVERY = "UPDATE delivery SET state = ?3, due_at = ?4, attempts = ?5, last_error = ?6 \
        WHERE programme = ?1 AND id = ?2 AND state = 'ready'";
    /// `(programme, id, state, due at, number of the report, what is wrong)`.
    REPORT = "UPDATE delivery SET state = ?3, due_at = CASE ?3 WHEN 'delivered' THEN due_at ELSE ?4 END, attempts = ?5, last_error = ?6 \
        WHERE programme = ?1 AND id = ?2 AND state = 'delivered' AND attempts = ?5 - 1 RETURNING recipient, channel";
    ADD_ATTEMPT = "INSERT INTO delivery_attempt (programme, delivery, number, body) VALUES (?1, ?2, ?3, ?4) \
        ON CONFLICT DO NOTHING";
    /// `(programme, recipient, last success, first failure after it, last failure)`: a success ends the failures before it.
    UPDATE_LANE = "INSERT INTO delivery_lane (programme, recipient, last_success_at, failing_since, last_failure_at) \
        VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (programme, recipient) DO UPDATE SET \
        failing_since = CASE WHEN ?3 IS NULL THEN coalesce(failing_since, ?4) ELSE ?4 END, \
        last_success_at = coalesce(?3, last_success_at), last_failure_at = coalesce(?5, last_failure_at), \
        owner_told_at = CASE WHEN ?3 IS NULL THEN owner_told_at END";
    /// `(programme, id, fence, paused until, now)`.
    RELEASE_LANE = "UPDATE work SET \
        state = CASE WHEN (SELECT min(due_at) FROM delivery WHERE programme = ?1 AND recipient = ?2 AND state = 'ready') IS NULL \
            THEN 'done' ELSE 'ready' END, \
        due_at = max(coalesce((SELECT min(due_at) FROM delivery WHERE programme = ?1 AND recipient = ?2 AND state = 'ready'), ?5), \
            coalesce(?4, 0)), last_error = NULL \
        WHERE programme = ?1 AND id = ?2 AND fence = ?3 AND state = 'leased'";
    PAUSE_LANE = "INSERT INTO delivery_lane (programme, recipient, paused_until) VALUES (?1, ?2, ?3) \
        ON CONFLICT (programme, recipient) DO UPDATE SET paused_until = excluded.paused_until";
    OWNER_TOLD = "UPDATE delivery_lane SET owner_told_at = ?3 WHERE programme = ?1 AND recipient = ?2";
    LANE = "SELECT last_success_at, failing_since, last_failure_at, paused_until, owner_told_at FROM delivery_lane \
        WHERE programme = ?1 AND recipient = ?2";
    DELIVERY_BY_ID = "SELECT body, state, due_at, attempts, resent_after, last_error FROM delivery WHERE programme = ?1 AND id = ?2";
    ATTEMPTS = "SELECT body FROM delivery_attempt WHERE programme = ?1 AND delivery = ?2 ORDER BY number";
    RESEND_ONE = "UPDATE delivery SET state = 'ready', due_at = ?3, resent_after = attempts \
        WHERE programme = ?1 AND id = ?2 RETURNING recipient, channel";
    RESEND_DEAD = "UPDATE delivery SET state = 'ready', due_at = ?3, resent_after = attempts \
        WHERE programme = ?1 AND recipient = ?2 AND state = 'dead' RETURNING recipient, channel";
    RESEND_SINCE = "UPDATE delivery SET state = 'ready', due_at = ?3, resent_after = attempts \
        WHERE programme = ?1 AND recipient = ?2 AND made_at >= ?4 RETURNING recipient, channel";
    CANCEL = "UPDATE delivery SET state = 'cancelled', due_at = ?3, last_error = ?4 \
        WHERE programme = ?1 AND recipient = ?2 AND state = 'ready'";
    /// `(programme, recipient, from, until)`.
    COUNT_OF_RECIPIENT = "SELECT count(*) FROM delivery WHERE programme = ?1 AND recipient = ?2 \
        AND state IN ('ready', 'delivered') AND due_at > ?3 AND due_at < ?4";
    REFUSE_ADDRESS = "INSERT INTO refused_address (programme, person, address, since, detail) VALUES (?1, ?2, ?3, ?4, ?5) \
        ON CONFLICT DO NOTHING";
    REFUSED_ADDRESSES = "SELECT address, since, detail FROM refused_address WHERE programme = ?1 AND person = ?2 ORDER BY address";
    FORGET_ADDRESSES = "DELETE FROM refused_address WHERE programme = ?1 AND person = ?2";
    NOTIFICATION_BY_ID = "SELECT body, read_at FROM notification WHERE programme = ?1 AND id = ?2";
    IS_KNOWN = "SELECT 1 FROM notification WHERE programme = ?1 AND id = ?2";
    UNREAD = "SELECT count(*) FROM notification WHERE programme = ?1 AND person = ?2 AND read_at IS NULL";
    READ_ONE = "UPDATE notification SET read_at = ?4 \
        WHERE programme = ?1 AND id = ?3 AND person = ?2 AND read_at IS NULL";
    READ_ALL = "UPDATE notification SET read_at = ?3 \
        WHERE programme = ?1 AND person = ?2 AND read_at IS NULL AND made_at <= ?3";
    FORGET_ATTEMPTS = "DELETE FROM delivery_attempt WHERE (programme, delivery) IN \
        (SELECT programme, id FROM delivery WHERE state <> 'ready' AND made_at < ?1 ORDER BY made_at LIMIT ?2)";
    FORGET_DELIVERIES = "DELETE FROM delivery WHERE (programme, id) IN \
        (SELECT programme, id FROM delivery WHERE state <> 'ready' AND made_at < ?1 ORDER BY made_at LIMIT ?2)";
    FORGET_NOTIFICATIONS = "DELETE FROM notification WHERE (programme, id) IN \
        (SELECT n.programme, n.id FROM notification n WHERE n.made_at < ?1 AND (n.item IS NULL OR \
        (NOT EXISTS (SELECT 1 FROM due_item d WHERE d.programme = n.programme AND d.id = n.item) AND \
        NOT EXISTS (SELECT 1 FROM due_unit u WHERE u.programme = n.programme AND u.recheck_on = '0001-01-01'))) \
        ORDER BY n.made_at LIMIT ?2)";
    COUNT_READY = "SELECT count(*), min(due_at), coalesce(sum(attempts), 0) FROM delivery WHERE channel = ?1 AND state = 'ready'";
    COUNT_DEAD = "SELECT count(*) FROM delivery WHERE channel = ?1 AND state = 'dead'";
}

/// All statements, for the tests that prepare them and read their plans.
#[cfg(test)]
pub(super) fn all() -> Vec<String> {
    let mut all: Vec<String> = CONSTANTS.iter().map(|sql| (*sql).to_owned()).collect();
    all.extend(crate::notification_rows::samples(SIGN));
    all
}
