//! When an endpoint that fails is told of, and when it is disabled.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::SendError;

/// After an answer that says "too much", nothing is sent to the destination for this long.
pub const OVERLOAD_PAUSE: TimeDelta = TimeDelta::seconds(60);
/// The owner is told when nothing arrived for this long.
const TOLD_AFTER: TimeDelta = TimeDelta::hours(24);
/// The endpoint is disabled when nothing arrived for this long.
const DISABLED_AFTER: TimeDelta = TimeDelta::days(5);

/// Whether an answer says that the destination is overloaded, so that it is left alone for [`OVERLOAD_PAUSE`].
#[must_use]
pub fn is_overload(error: &SendError) -> bool {
    matches!(error.status(), Some(429 | 502 | 503 | 504))
}

/// Since when an endpoint fails. Reset by each success, so an endpoint that works keeps none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EndpointFailing {
    /// The first failure after the last success.
    pub since: DateTime<Utc>,
    /// The last failure.
    pub last: DateTime<Utc>,
    /// When the owner was told that it fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<DateTime<Utc>>,
}

/// What is to be done about an endpoint after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailureStep {
    /// Nothing yet.
    Wait,
    /// Its owner is told that nothing arrives, and when it will be disabled.
    Tell {
        /// When it will be disabled if nothing arrives until then.
        disabled_at: DateTime<Utc>,
    },
    /// It is disabled, and its owner is told.
    Disable,
}

impl EndpointFailing {
    /// When an endpoint is disabled that has failed since then, if nothing arrives before.
    #[must_use]
    pub fn disabled_at(since: DateTime<Utc>) -> DateTime<Utc> {
        since + DISABLED_AFTER
    }

    /// What is known after another failure at `now`, and what is to be done. Failures that arrive out of order change no earlier one.
    ///
    /// What counts lies between the first and the last failure, so one failure alone, or a bad hour, is never counted.
    ///
    /// The owner hears of it before the endpoint is disabled, always: an endpoint whose first two counted failures lie more than five
    /// days apart is told of first, and disabled with the next failure.
    #[must_use]
    pub fn after(known: Option<Self>, error: &SendError, now: DateTime<Utc>) -> (Self, FailureStep) {
        let mut failing = known.unwrap_or(Self { since: now, last: now, told: None });
        failing.since = failing.since.min(now);
        failing.last = failing.last.max(now);
        let lasted = failing.last - failing.since;
        let step = match error {
            SendError::Gone { .. } => FailureStep::Disable,
            SendError::Temporary { .. } | SendError::Permanent { .. } => match failing.told {
                Some(told) if lasted >= DISABLED_AFTER && failing.last > told => FailureStep::Disable,
                None if lasted >= TOLD_AFTER => {
                    failing.told = Some(failing.last);
                    FailureStep::Tell { disabled_at: Self::disabled_at(failing.since) }
                }
                Some(_) | None => FailureStep::Wait,
            },
        };
        (failing, step)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn temporary() -> SendError {
        SendError::Temporary { detail: String::new(), status: Some(500), retry_after: None }
    }

    fn start() -> DateTime<Utc> {
        "2026-11-30T09:00:00Z".parse().expect("a time")
    }

    /// What was done after failures at these hours.
    fn steps(hours: &[i64]) -> Vec<FailureStep> {
        let mut known = None;
        let step = |hour: &i64| {
            let (failing, step) =
                EndpointFailing::after(known, &temporary(), start() + TimeDelta::hours(*hour));
            known = Some(failing);
            step
        };
        hours.iter().map(step).collect()
    }

    /// P18: the owner is told after a day, and the endpoint disabled after five.
    #[test]
    fn p18_the_owner_is_told_after_a_day_and_it_is_disabled_after_five() {
        let tell = FailureStep::Tell { disabled_at: start() + TimeDelta::days(5) };
        let (wait, disable) = (FailureStep::Wait, FailureStep::Disable);
        assert_eq!(
            steps(&[0, 1, 11, 23, 24, 50, 119, 120]),
            [wait, wait, wait, wait, tell, wait, wait, disable]
        );
        assert_eq!(steps(&[0]), [wait], "one failure is none");
        assert_eq!(steps(&[0, 400]), [wait, tell], "nobody is disabled without having been told");
        assert_eq!(steps(&[0, 400, 401]), [wait, tell, disable]);
    }

    #[test]
    fn p18_an_endpoint_that_is_gone_is_disabled_at_once() {
        let gone = SendError::Gone { detail: String::new(), status: Some(410) };
        assert_eq!(EndpointFailing::after(None, &gone, start()).1, FailureStep::Disable);
    }

    #[test]
    fn a_destination_that_says_too_much_is_left_alone_for_a_minute() {
        for (status, overloaded) in
            [(429, true), (502, true), (503, true), (504, true), (500, false), (404, false)]
        {
            let error =
                SendError::Temporary { detail: String::new(), status: Some(status), retry_after: None };
            assert_eq!(is_overload(&error), overloaded, "{status}");
        }
    }

    proptest! {
        /// P18: however failures come, the owner is told once and first, and nothing is disabled within five days of the first failure.
        #[test]
        fn p18_nothing_is_disabled_unless_its_owner_was_told_before(
            gaps in prop::collection::vec(0_i64..40, 1..60), backwards in any::<bool>(),
        ) {
            let mut hours: Vec<i64> = gaps.iter().scan(0, |sum, gap| { *sum += gap; Some(*sum) }).collect();
            if backwards && hours.len() > 2 {
                let middle = hours.len() / 2;
                hours.swap(middle, middle - 1);
            }
            let done = steps(&hours);
            let told = done.iter().position(|step| matches!(step, FailureStep::Tell { .. }));
            let disabled = done.iter().position(|step| *step == FailureStep::Disable);
            let times = done.iter().filter(|step| matches!(step, FailureStep::Tell { .. })).count();
            prop_assert!(times <= 1, "told {times} times");
            if let Some(disabled) = disabled {
                prop_assert!(told.is_some_and(|told| told < disabled));
                prop_assert!(hours[..=disabled].iter().max().expect("one") - hours[0] >= 120);
            }
        }
    }
}
