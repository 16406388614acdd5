//! The statements about notifications and deliveries.

statements! {
    POSITION = "SELECT sequence FROM notification_position WHERE programme = $1";
    /// `(programme, from, to)`: a row if it was there. Without a row it is 0.
    MOVE_POSITION = "INSERT INTO notification_position (programme, sequence) \
        SELECT $1, $3::bigint WHERE $2::bigint = 0 OR EXISTS (SELECT FROM notification_position p WHERE p.programme = $1) \
        ON CONFLICT (programme) DO UPDATE SET sequence = excluded.sequence \
        WHERE notification_position.sequence = $2 RETURNING 1";
    /// `(programme, up to, ids, persons, digests, made at, read at, bodies, events, rules, items)`: nothing, if the position is not there. Whoever moved it there stored the
    /// same.
    ADD_NOTIFICATIONS = "INSERT INTO notification (programme, id, person, digest, made_at, read_at, body, event, rule, item) \
        SELECT $1, n.* FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::bigint[], $8::text[], \
        $9::bigint[], $10::text[], $11::uuid[]) n \
        WHERE $2::bigint IS NULL OR EXISTS (SELECT FROM notification_position p WHERE p.programme = $1 AND p.sequence = $2) \
        ON CONFLICT DO NOTHING";
    /// `(programme, up to, ids, recipients, channels, states, due at, made at, bodies, events)`: the same, and wakes the lanes of what was not there.
    ADD_DELIVERIES = "WITH added AS (INSERT INTO delivery \
        (programme, id, recipient, channel, state, due_at, attempts, resent_after, made_at, body, event) \
        SELECT $1, n.id, n.recipient, n.channel, n.state, n.due_at, 0, 0, n.made_at, n.body, n.event \
        FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::text[], $10::bigint[]) \
        n (id, recipient, channel, state, due_at, made_at, body, event) \
        WHERE $2::bigint IS NULL OR EXISTS (SELECT FROM notification_position p WHERE p.programme = $1 AND p.sequence = $2) \
        ON CONFLICT DO NOTHING RETURNING recipient, channel, state, due_at) \
        INSERT INTO work (programme, id, topic, sequence, state, attempts, due_at, fence) \
        SELECT $1, a.recipient, a.channel, 0, 'ready', 0, to_timestamp(min(a.due_at) / 1000000.0), 0 \
        FROM added a WHERE a.state = 'ready' GROUP BY a.recipient, a.channel ORDER BY a.recipient \
        ON CONFLICT (programme, id) DO UPDATE SET state = 'ready', due_at = greatest( \
            CASE work.state WHEN 'ready' THEN least(work.due_at, excluded.due_at) ELSE excluded.due_at END, \
            (SELECT to_timestamp(l.paused_until / 1000000.0) FROM delivery_lane l \
                WHERE l.programme = work.programme AND l.recipient = work.id)) \
        WHERE work.state <> 'leased'";
    TO_SEND = "SELECT body, state, due_at, attempts, resent_after, last_error FROM delivery \
        WHERE programme = $1 AND recipient = $2 AND state = 'ready' AND due_at <= $3 ORDER BY due_at, id LIMIT $4";
    /// `(programme, id, fence)`.
    LOCK_LANE = "SELECT 1 FROM work WHERE programme = $1 AND id = $2 AND fence = $3 AND state = 'leased' FOR UPDATE";
    /// `(programme, lane, fence, ids, states, due at, numbers, errors)`.
    UPDATE_DELIVERIES = "UPDATE delivery d SET state = n.state, due_at = n.due_at, attempts = n.number, last_error = n.error \
        FROM unnest($4::uuid[], $5::text[], $6::bigint[], $7::bigint[], $8::text[]) n (id, state, due_at, number, error) \
        WHERE d.programme = $1 AND d.id = n.id AND d.state = 'ready' AND EXISTS \
        (SELECT FROM work w WHERE w.programme = $1 AND w.id = $2 AND w.fence = $3 AND w.state = 'leased')";
    /// `(programme, lane, fence, deliveries, numbers, bodies)`.
    ADD_ATTEMPTS = "INSERT INTO delivery_attempt (programme, delivery, number, body) \
        SELECT $1, n.* FROM unnest($4::uuid[], $5::bigint[], $6::text[]) n \
        WHERE EXISTS (SELECT FROM work w WHERE w.programme = $1 AND w.id = $2 AND w.fence = $3 AND w.state = 'leased') \
        ON CONFLICT DO NOTHING";
    /// `(programme, lane, fence, last success, first failure after it, last failure)`.
    UPDATE_LANE = "INSERT INTO delivery_lane (programme, recipient, last_success_at, failing_since, last_failure_at) \
        SELECT $1, $2, $4::bigint, $5::bigint, $6::bigint \
        WHERE EXISTS (SELECT FROM work w WHERE w.programme = $1 AND w.id = $2 AND w.fence = $3 AND w.state = 'leased') \
        ON CONFLICT (programme, recipient) DO UPDATE SET \
        failing_since = CASE WHEN excluded.last_success_at IS NULL \
            THEN coalesce(delivery_lane.failing_since, excluded.failing_since) ELSE excluded.failing_since END, \
        last_success_at = coalesce(excluded.last_success_at, delivery_lane.last_success_at), \
        last_failure_at = coalesce(excluded.last_failure_at, delivery_lane.last_failure_at), \
        owner_told_at = CASE WHEN excluded.last_success_at IS NULL THEN delivery_lane.owner_told_at END";
    /// `(programme, lane, fence, paused until)`.
    PAUSE_LANE = "INSERT INTO delivery_lane (programme, recipient, paused_until) SELECT $1, $2, $4::bigint \
        WHERE $4::bigint IS NOT NULL AND EXISTS \
        (SELECT FROM work w WHERE w.programme = $1 AND w.id = $2 AND w.fence = $3 AND w.state = 'leased') \
        ON CONFLICT (programme, recipient) DO UPDATE SET paused_until = excluded.paused_until";
    /// `(programme, lane, fence, paused until, now)`. What was added while the lane was leased is committed: its lock was waited for.
    RELEASE_LANE = "UPDATE work SET state = CASE WHEN n.due_at IS NULL THEN 'done' ELSE 'ready' END, last_error = NULL, \
        due_at = to_timestamp(greatest(coalesce(n.due_at, $5::bigint), $4::bigint) / 1000000.0) \
        FROM (SELECT min(d.due_at) FROM delivery d WHERE d.programme = $1 AND d.recipient = $2 AND d.state = 'ready') n (due_at) \
        WHERE programme = $1 AND id = $2 AND fence = $3 AND state = 'leased'";
    OWNER_TOLD = "UPDATE delivery_lane SET owner_told_at = $3 WHERE programme = $1 AND recipient = $2";
    LANE = "SELECT last_success_at, failing_since, last_failure_at, paused_until, owner_told_at FROM delivery_lane \
        WHERE programme = $1 AND recipient = $2";
    DELIVERY_BY_ID = "SELECT body, state, due_at, attempts, resent_after, last_error FROM delivery WHERE programme = $1 AND id = $2";
    ATTEMPTS = "SELECT body FROM delivery_attempt WHERE programme = $1 AND delivery = $2 ORDER BY number";
    /// `(programme, id, state, due at, number of the report, what is wrong, body)`.
    REPORT = "WITH reported AS (UPDATE delivery SET state = $3::text, attempts = $5::bigint, last_error = $6::text, \
        due_at = CASE $3::text WHEN 'delivered' THEN due_at ELSE $4::bigint END \
        WHERE programme = $1 AND id = $2 AND state = 'delivered' AND attempts = $5::bigint - 1 RETURNING recipient, channel), \
        kept AS (INSERT INTO delivery_attempt (programme, delivery, number, body) \
        SELECT $1::uuid, $2::uuid, $5::bigint, $7::text FROM reported ON CONFLICT DO NOTHING RETURNING 1), \
        lane AS (INSERT INTO work (programme, id, topic, sequence, state, attempts, due_at, fence) \
        SELECT $1::uuid, recipient, channel, 0::bigint, 'ready', 0, to_timestamp($4::bigint / 1000000.0), 0::bigint FROM reported \
        WHERE $3::text = 'ready' ON CONFLICT (programme, id) DO UPDATE SET state = 'ready', due_at = excluded.due_at \
        WHERE work.state <> 'leased' RETURNING 1) SELECT count(*) FROM reported";
    RESEND_ONE = "WITH again AS (UPDATE delivery SET state = 'ready', due_at = $3, resent_after = attempts \
        WHERE programme = $1 AND id = $2 RETURNING recipient, channel), \
        lane AS (INSERT INTO work (programme, id, topic, sequence, state, attempts, due_at, fence) \
        SELECT DISTINCT $1::uuid, recipient, channel, 0::bigint, 'ready', 0, to_timestamp($3 / 1000000.0), 0::bigint FROM again \
        ON CONFLICT (programme, id) DO UPDATE SET state = 'ready', due_at = excluded.due_at \
        WHERE work.state <> 'leased' RETURNING 1) SELECT count(*) FROM again";
    RESEND_DEAD = "WITH again AS (UPDATE delivery SET state = 'ready', due_at = $3, resent_after = attempts \
        WHERE programme = $1 AND recipient = $2 AND state = 'dead' RETURNING recipient, channel), \
        lane AS (INSERT INTO work (programme, id, topic, sequence, state, attempts, due_at, fence) \
        SELECT DISTINCT $1::uuid, recipient, channel, 0::bigint, 'ready', 0, to_timestamp($3 / 1000000.0), 0::bigint FROM again \
        ON CONFLICT (programme, id) DO UPDATE SET state = 'ready', due_at = excluded.due_at \
        WHERE work.state <> 'leased' RETURNING 1) SELECT count(*) FROM again";
    RESEND_SINCE = "WITH again AS (UPDATE delivery SET state = 'ready', due_at = $3, resent_after = attempts \
        WHERE programme = $1 AND recipient = $2 AND made_at >= $4 RETURNING recipient, channel), \
        lane AS (INSERT INTO work (programme, id, topic, sequence, state, attempts, due_at, fence) \
        SELECT DISTINCT $1::uuid, recipient, channel, 0::bigint, 'ready', 0, to_timestamp($3 / 1000000.0), 0::bigint FROM again \
        ON CONFLICT (programme, id) DO UPDATE SET state = 'ready', due_at = excluded.due_at \
        WHERE work.state <> 'leased' RETURNING 1) SELECT count(*) FROM again";
    CANCEL = "UPDATE delivery SET state = 'cancelled', due_at = $3, last_error = $4 \
        WHERE programme = $1 AND recipient = $2 AND state = 'ready' RETURNING 1";
    /// `(programme, recipient, from, until)`.
    COUNT_OF_RECIPIENT = "SELECT count(*) FROM delivery WHERE programme = $1 AND recipient = $2 \
        AND state IN ('ready', 'delivered') AND due_at > $3 AND due_at < $4";
    REFUSE_ADDRESS = "INSERT INTO refused_address (programme, person, address, since, detail) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT DO NOTHING RETURNING 1";
    REFUSED_ADDRESSES = "SELECT address, since, detail FROM refused_address WHERE programme = $1 AND person = $2 ORDER BY address";
    FORGET_ADDRESSES = "DELETE FROM refused_address WHERE programme = $1 AND person = $2";
    /// `(programme, delivery)`: those of its recipient.
    FORGET_ADDRESSES_OF = "DELETE FROM refused_address WHERE programme = $1 \
        AND person = (SELECT d.recipient FROM delivery d WHERE d.programme = $1 AND d.id = $2)";
    NOTIFICATION_BY_ID = "SELECT body, read_at FROM notification WHERE programme = $1 AND id = $2";
    ARE_KNOWN = "SELECT id FROM notification WHERE programme = $1 AND id = ANY($2)";
    UNREAD = "SELECT count(*) FROM notification WHERE programme = $1 AND person = $2 AND read_at IS NULL";
    READ_SOME = "UPDATE notification SET read_at = $4 \
        WHERE programme = $1 AND id = ANY($3) AND person = $2 AND read_at IS NULL RETURNING 1";
    READ_ALL = "UPDATE notification SET read_at = $3 \
        WHERE programme = $1 AND person = $2 AND read_at IS NULL AND made_at <= $3 RETURNING 1";
    FORGET = "WITH old AS (SELECT programme, id FROM delivery WHERE state <> 'ready' AND made_at < $1 ORDER BY made_at LIMIT $2), \
        tries AS (DELETE FROM delivery_attempt t USING old WHERE t.programme = old.programme AND t.delivery = old.id), \
        sent AS (DELETE FROM delivery d USING old WHERE d.programme = old.programme AND d.id = old.id RETURNING 1), \
        told AS (DELETE FROM notification WHERE (programme, id) IN \
        (SELECT n.programme, n.id FROM notification n WHERE n.made_at < $1 AND (n.item IS NULL OR \
        (NOT EXISTS (SELECT FROM due_item d WHERE d.programme = n.programme AND d.id = n.item) AND \
        NOT EXISTS (SELECT FROM due_unit u WHERE u.programme = n.programme AND u.recheck_on = '0001-01-01'))) \
        ORDER BY n.made_at LIMIT $2) RETURNING 1) \
        SELECT (SELECT count(*) FROM sent) + (SELECT count(*) FROM told)";
    COUNTS = "SELECT count(*) FILTER (WHERE state = 'ready'), count(*) FILTER (WHERE state = 'dead'), \
        min(due_at) FILTER (WHERE state = 'ready'), coalesce(sum(attempts) FILTER (WHERE state = 'ready'), 0)::bigint \
        FROM delivery WHERE channel = $1 AND state IN ('ready', 'dead')";
}

/// The statements that are always the same, for the tests that prepare them and read their plans.
#[cfg(test)]
pub(super) fn constants() -> &'static [&'static str] {
    CONSTANTS
}
