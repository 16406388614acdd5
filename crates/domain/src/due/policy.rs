//! The numbers by which due work is reckoned: lead times, how long something may take, who is told when nobody does it.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroU16;
use std::str::FromStr;

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::item::{DueItem, DueKind};
use crate::committee::CHAIRLESS_ALERT_DAYS;
use crate::responsible::Responsible;
use crate::value::text_form::text_form;
use crate::value::{InvalidValue, Name, Shape};

/// A stretch of calendar time, in days or in months; at the end of a month that lacks the day, the last day of that month.
///
/// Its text is that of ISO 8601: `P30D`, `P18M`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a calendar is counted in days or in months")]
pub enum Span {
    /// So many days.
    Days(u16),
    /// So many months.
    Months(u16),
}

/// The numbers of one kind of due item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DueRule {
    /// How long before its day it is listed.
    pub lead: Span,
    /// How long there is from the cause to that day, or from one check to the next. Of an agreement without a notice period: how
    /// long before its last day has to be decided. Without meaning where the cause names the day itself.
    pub allowed: Span,
}

/// Who is told besides when an item stays undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EscalationStep {
    /// How long after the day it was due.
    pub after: Span,
    /// Who is told.
    pub to: Responsible,
}

/// The numbers by which a programme's due work is reckoned. [`Default`] gives the standard ones, a design decision of this project
/// but for the 5 years of an anniversary (Osaka's delegations).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DuePolicy {
    /// Who does what has no owner otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Responsible>,
    /// The numbers of the kinds that do not go by the standard ones.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<DueKind, DueRule>,
    /// Who is told when an item stays undone.
    pub escalation: Vec<EscalationStep>,
    /// Every how many months an anniversary is kept.
    pub anniversary_every_months: NonZeroU16,
    /// A partnership is to be touched every so many months; where nothing else is planned, that gives the day.
    pub touch_every_months: NonZeroU16,
}

impl Default for DuePolicy {
    fn default() -> Self {
        let head = Name::new("Head of the international office").map(Responsible::office_alone);
        Self {
            owner: None,
            rules: BTreeMap::new(),
            escalation: head.map(|to| EscalationStep { after: Span::Days(30), to }).into_iter().collect(),
            anniversary_every_months: const { NonZeroU16::new(60).unwrap() },
            touch_every_months: const { NonZeroU16::new(12).unwrap() },
        }
    }
}

impl DuePolicy {
    /// The numbers of a kind: the programme's own, else the standard ones.
    #[must_use]
    pub fn rule(&self, kind: DueKind) -> DueRule {
        self.rules.get(&kind).copied().unwrap_or_else(|| DueRule::standard(kind))
    }

    /// The step that an item has reached by a day: the last of those that have come.
    #[must_use]
    pub fn escalated(&self, item: &DueItem, day: NaiveDate) -> Option<&EscalationStep> {
        let come = self.escalation.iter().filter(|step| step.after.after(item.due_on) <= day);
        come.max_by_key(|step| step.after.after(item.due_on))
    }

    /// Whether nothing was changed of the standard policy.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// So many days without a chair are an alert (R24).
#[expect(clippy::cast_possible_truncation, reason = "some weeks")]
const CHAIRLESS: u16 = CHAIRLESS_ALERT_DAYS as u16;

impl DueRule {
    /// The standard numbers of a kind.
    #[must_use]
    pub const fn standard(kind: DueKind) -> Self {
        use Span::{Days, Months};
        let (lead, allowed) = match kind {
            DueKind::AgreementEnding => (Months(6), Months(3)),
            DueKind::NoChair => (Days(30), Days(CHAIRLESS)),
            DueKind::Vacancy => (Days(30), Days(90)),
            DueKind::PromiseDue => (Days(30), Days(0)),
            DueKind::PlanCheck => (Days(14), Days(0)),
            DueKind::OutcomeQuestion => (Days(0), Days(0)),
            DueKind::RoleExpiring => (Months(3), Days(0)),
            DueKind::AgreementPending => (Days(60), Days(90)),
            DueKind::Anniversary => (Months(18), Months(0)),
            DueKind::PartnershipSteppedDown | DueKind::RequestUnanswered => (Days(30), Days(30)),
            DueKind::PartnershipFading | DueKind::ReviewDeadline => (Days(90), Days(0)),
            DueKind::SuspensionCheck => (Days(30), Months(6)),
            DueKind::ReawakeningResult => (Months(3), Months(12)),
        };
        Self { lead, allowed }
    }
}

impl Span {
    /// The day so long after another.
    #[must_use]
    pub fn after(self, day: NaiveDate) -> NaiveDate {
        self.times_after(1, day)
    }

    /// The day that many times as long after another, counted at once: 31 January plus months does not slide.
    #[must_use]
    pub fn times_after(self, times: u32, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Days(days) => day.checked_add_days(Days::new(u64::from(days) * u64::from(times))),
            Self::Months(months) => u32::from(months)
                .checked_mul(times)
                .and_then(|months| day.checked_add_months(Months::new(months))),
        }
        .unwrap_or(NaiveDate::MAX)
    }

    /// The day so long before another.
    #[must_use]
    pub fn before(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Days(days) => day.checked_sub_days(Days::new(u64::from(days))),
            Self::Months(months) => day.checked_sub_months(Months::new(u32::from(months))),
        }
        .unwrap_or(NaiveDate::MIN)
    }

    /// Whether it is no time at all.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        matches!(self, Self::Days(0) | Self::Months(0))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(days) => write!(f, "P{days}D"),
            Self::Months(months) => write!(f, "P{months}M"),
        }
    }
}

impl FromStr for Span {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let malformed = || InvalidValue::malformed(text, "days or months such as P30D or P18M");
        let rest = text.strip_prefix('P').ok_or_else(malformed)?;
        let (digits, span): (&str, fn(u16) -> Self) = if let Some(digits) = rest.strip_suffix('D') {
            (digits, Self::Days)
        } else {
            (rest.strip_suffix('M').ok_or_else(malformed)?, Self::Months)
        };
        // `u16` would also read "+5".
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|_| plain).map(span).ok_or_else(malformed)
    }
}

text_form!(
    Span,
    Shape::pattern("days or months (ISO 8601), such as P30D or P18M", "^P[0-9]{1,5}[DM]$", "P30D")
);
