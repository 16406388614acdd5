//! How long data is kept, by class; and how long it must be.
//!
//! Whatever is kept, is kept for a purpose. The clock starts when the purpose ends; while it lasts, or while nobody knows
//! when it ended, nothing is removed.

use std::num::NonZeroU32;

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::DataClass;

/// How long to keep data once its purpose has ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Retention {
    /// For good: nothing is removed by itself.
    #[default]
    Keep,
    /// For so many days.
    Days(NonZeroU32),
}

/// How long a programme keeps what, by data class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RetentionPolicy {
    /// Names of people in records. Kept unless the programme decides otherwise: who took part is a city's memory.
    pub personal: Retention,
    /// What could harm people. 30 days unless decided otherwise.
    pub sensitive: Retention,
    /// Whether and how long it must be known who signed an agreement.
    pub signatures: SignatureDuty,
}

/// The duty to keep the names of those who signed or approved an agreement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SignatureDuty {
    /// There is none: who signed may be erased like any other name.
    #[default]
    None,
    /// While it is in force and for so many months after its end.
    MonthsAfterEnd(NonZeroU32),
}

/// Until when data is needed for what it was recorded for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a purpose has ended on a day, or nobody can say so")]
pub enum Purpose {
    /// It was needed up to this day.
    EndedOn(NaiveDate),
    /// It is needed still, or nobody knows until when.
    Lasts,
}

/// When data is to be removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "it is due on a day, or it is not")]
pub enum Due {
    /// It is kept, by the policy or because its purpose lasts.
    Kept,
    /// From this day on, which is today or past.
    Since(NaiveDate),
    /// From this day on, which is still to come.
    From(NaiveDate),
}

impl Default for RetentionPolicy {
    fn default() -> Self {
        Self { personal: Retention::Keep, sensitive: days(30), signatures: SignatureDuty::None }
    }
}

impl RetentionPolicy {
    /// Whether the programme has decided nothing of its own.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// How long data of that class is kept. What is neither personal nor sensitive is kept for good.
    #[must_use]
    pub const fn of(&self, class: DataClass) -> Retention {
        match class {
            DataClass::Public | DataClass::Internal => Retention::Keep,
            DataClass::Personal => self.personal,
            DataClass::Sensitive => self.sensitive,
        }
    }
}

/// When data of a class is to be removed, if it was recorded for that purpose.
#[must_use]
pub fn due_for_removal(
    policy: &RetentionPolicy,
    class: DataClass,
    purpose: Purpose,
    today: NaiveDate,
) -> Due {
    due(policy.of(class), purpose, today)
}

impl Retention {
    /// When what was needed for that purpose is to be removed.
    #[must_use]
    pub fn due(self, purpose: Purpose, today: NaiveDate) -> Due {
        due(self, purpose, today)
    }
}

fn due(retention: Retention, purpose: Purpose, today: NaiveDate) -> Due {
    let (Retention::Days(days), Purpose::EndedOn(end)) = (retention, purpose) else { return Due::Kept };
    // A day beyond the calendar never comes.
    match end.checked_add_days(Days::new(u64::from(days.get()) + 1)) {
        None => Due::Kept,
        Some(day) if day <= today => Due::Since(day),
        Some(day) => Due::From(day),
    }
}

/// From which day on the names in an agreement may be erased.
///
/// `None`: at any time. [`Due::Kept`]: not before it has ended, and nobody knows when that will be.
#[must_use]
pub fn erasable_from(duty: SignatureDuty, end: Purpose, today: NaiveDate) -> Option<Due> {
    let SignatureDuty::MonthsAfterEnd(months) = duty else { return None };
    let Purpose::EndedOn(end) = end else { return Some(Due::Kept) };
    Some(match end.checked_add_months(Months::new(months.get())).and_then(|day| day.succ_opt()) {
        None => Due::Kept,
        Some(day) if day <= today => Due::Since(day),
        Some(day) => Due::From(day),
    })
}

const fn days(number: u32) -> Retention {
    match NonZeroU32::new(number) {
        Some(days) => Retention::Days(days),
        None => Retention::Keep,
    }
}

#[cfg(test)]
#[path = "retention_tests.rs"]
mod tests;
