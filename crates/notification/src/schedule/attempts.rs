//! After how long the next attempt is made.

use chrono::{DateTime, TimeDelta, Utc};
use sister_cities_domain::id::DeliveryId;

use crate::SendError;

/// What the receiver wants is heeded up to this long.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(24);
/// A wait is up to this many thousandths shorter or longer than the schedule says, so that what failed together is not tried together.
const JITTER_THOUSANDTHS: u64 = 200;
/// The waits of webhooks before the second attempt and so on, in seconds. The first is made at once.
const WEBHOOK_WAITS: [u32; 9] =
    [5, 5 * 60, 30 * 60, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
const HOUR: u32 = 3_600;
/// The waits of mail: 5 s, and each time twice as long.
const MAIL_WAITS: [u32; 9] = [5, 10, 20, 40, 80, 160, 320, 640, 1_280];

/// How often and after how long a message is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetrySchedule {
    /// Ten attempts over 75 hours and 35 minutes: at once, after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h (P18).
    Webhook,
    /// Ten attempts within three quarters of an hour, each wait twice the one before: 5 s, 10 s, …; the mail server keeps its own queue (P20).
    Mail,
}

/// What is done after an attempt that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Next {
    /// It is tried again, not before this moment.
    RetryAt(DateTime<Utc>),
    /// It is not tried again by itself: a dead letter, which people can send again.
    GiveUp,
}

impl RetrySchedule {
    const fn waits(self) -> &'static [u32] {
        match self {
            Self::Webhook => &WEBHOOK_WAITS,
            Self::Mail => &MAIL_WAITS,
        }
    }

    /// The most attempts that are made.
    #[must_use]
    pub fn attempts(self) -> u32 {
        u32::try_from(self.waits().len()).map_or(u32::MAX, |waits| waits + 1)
    }

    /// What the schedule says stands between this attempt, counted from 1, and the next; `None` after the last.
    #[must_use]
    pub fn scheduled_wait(self, attempt: u32) -> Option<TimeDelta> {
        let index = usize::try_from(attempt.checked_sub(1)?).ok()?;
        self.waits().get(index).map(|seconds| TimeDelta::seconds(i64::from(*seconds)))
    }

    /// What is done after an attempt (counted from 1) failed at `now`.
    ///
    /// The wait is the scheduled one, up to a fifth shorter or longer; by how much follows from the delivery and the attempt. If the
    /// receiver said how long to wait, that is heeded between once and twice the scheduled wait, and up to 24 hours.
    #[must_use]
    pub fn after(self, delivery: DeliveryId, attempt: u32, error: &SendError, now: DateTime<Utc>) -> Next {
        let asked = match error {
            SendError::Temporary { retry_after, .. } => *retry_after,
            SendError::Permanent { .. } | SendError::Gone { .. } => return Next::GiveUp,
        };
        let Some(scheduled) = self.scheduled_wait(attempt) else { return Next::GiveUp };
        let wait = match asked {
            Some(asked) => asked.clamp(scheduled, scheduled * 2).min(LONGEST_WAIT),
            None => jittered(scheduled, delivery, attempt),
        };
        now.checked_add_signed(wait).map_or(Next::GiveUp, Next::RetryAt)
    }
}

fn jittered(wait: TimeDelta, delivery: DeliveryId, attempt: u32) -> TimeDelta {
    let bits = delivery.uuid().as_u128();
    let seed = (bits ^ (bits >> 64) ^ (u128::from(attempt) << 32)) & u128::from(u64::MAX);
    let drawn = mixed(u64::try_from(seed).unwrap_or(0)) % (2 * JITTER_THOUSANDTHS + 1);
    let thousandths = i64::try_from(1_000 - JITTER_THOUSANDTHS + drawn).unwrap_or(1_000);
    TimeDelta::milliseconds(wait.num_seconds() * thousandths)
}

/// The finaliser of `MurmurHash3`, by which neighbouring numbers come out far apart.
const fn mixed(mut bits: u64) -> u64 {
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    bits ^ (bits >> 33)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const BOTH: [RetrySchedule; 2] = [RetrySchedule::Webhook, RetrySchedule::Mail];

    fn temporary(retry_after: Option<TimeDelta>) -> SendError {
        SendError::Temporary { detail: "busy".to_owned(), status: Some(503), retry_after }
    }

    fn now() -> DateTime<Utc> {
        "2026-11-30T09:00:00Z".parse().expect("a time")
    }

    fn wait(next: Next) -> Option<TimeDelta> {
        match next {
            Next::RetryAt(at) => Some(at - now()),
            Next::GiveUp => None,
        }
    }

    /// P18, and section 4 of the promises.
    #[test]
    fn p18_webhooks_are_tried_ten_times_in_three_days_and_mail_within_the_hour() {
        let total = |schedule: RetrySchedule| {
            (1..=schedule.attempts()).filter_map(|n| schedule.scheduled_wait(n)).sum::<TimeDelta>()
        };
        let three_days = TimeDelta::hours(75) + TimeDelta::minutes(35) + TimeDelta::seconds(5);
        assert_eq!(total(RetrySchedule::Webhook), three_days);
        assert_eq!(total(RetrySchedule::Mail), TimeDelta::seconds(2_555));
        for schedule in BOTH {
            assert_eq!(schedule.attempts(), 10);
            assert_eq!(schedule.scheduled_wait(0), None);
            assert_eq!(schedule.scheduled_wait(10), None);
        }
    }

    #[test]
    fn neighbouring_deliveries_are_not_tried_at_the_same_moment() {
        let waits = (0..1_000).filter_map(|id| {
            let delivery = DeliveryId::from_uuid(Uuid::from_u128(id));
            wait(RetrySchedule::Webhook.after(delivery, 3, &temporary(None), now()))
        });
        let distinct: std::collections::BTreeSet<TimeDelta> = waits.collect();
        assert!(distinct.len() > 300, "{} of 401 possible", distinct.len());
    }

    proptest! {
        /// P18: the published schedule, give or take a fifth, and the same whenever it is asked.
        #[test]
        fn p18_a_wait_is_the_scheduled_one_within_a_fifth(id: u128, attempt in 0_u32..14, which in 0_usize..2) {
            let (schedule, delivery) = (BOTH[which], DeliveryId::from_uuid(Uuid::from_u128(id)));
            let next = schedule.after(delivery, attempt, &temporary(None), now());
            prop_assert_eq!(next, schedule.after(delivery, attempt, &temporary(None), now()));
            match (wait(next), schedule.scheduled_wait(attempt)) {
                (Some(wait), Some(scheduled)) => {
                    prop_assert!(wait * 10 >= scheduled * 8 && wait * 10 <= scheduled * 12, "{wait} for {scheduled}");
                }
                (wait, scheduled) => prop_assert_eq!(wait, scheduled),
            }
        }

        /// P18: what the receiver asks for is heeded between once and twice the scheduled wait, up to a day.
        #[test]
        fn p18_retry_after_is_heeded_within_bounds(id: u128, attempt in 1_u32..10, asked in -10_i64..400_000) {
            let (schedule, delivery) = (RetrySchedule::Webhook, DeliveryId::from_uuid(Uuid::from_u128(id)));
            let asked = TimeDelta::seconds(asked);
            let next = wait(schedule.after(delivery, attempt, &temporary(Some(asked)), now()));
            let (next, scheduled) = (next.expect("again"), schedule.scheduled_wait(attempt).expect("one"));
            prop_assert!(next >= scheduled && next <= scheduled * 2 && next <= TimeDelta::hours(24));
            prop_assert!(next == asked || asked < scheduled || asked > next);
        }

        /// What a receiver refuses for good is not sent again.
        #[test]
        fn what_is_refused_for_good_is_not_tried_again(id: u128, attempt in 1_u32..12) {
            let delivery = DeliveryId::from_uuid(Uuid::from_u128(id));
            for error in [
                SendError::Permanent { detail: String::new(), status: Some(404) },
                SendError::Gone { detail: String::new(), status: Some(410) },
            ] {
                prop_assert_eq!(RetrySchedule::Webhook.after(delivery, attempt, &error, now()), Next::GiveUp);
            }
        }
    }
}
