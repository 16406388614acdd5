//! Action plans: what was agreed on together, until when it runs, and when it is looked at again.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::id::{ActionPlanId, AgreementId, PartnershipId, ProgrammeId};
use crate::value::{FreeText, InvalidValue, Note, Period, Source, Title, open_catalogue};

open_catalogue! {
    /// What sort of plan it is.
    ActionPlanKind ("a kind of plan such as action_plan or meeting", "action_plan") {
        /// Points that both sides agreed on, often signed.
        ActionPlan = "action_plan",
        /// The way back to life of a partnership that was asleep.
        Reawakening = "reawakening",
        /// The decisions and to-dos of a meeting.
        Meeting = "meeting",
    }
}

/// What two cities promised each other in points, in one go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct ActionPlan {
    /// The id under which it is kept.
    pub id: ActionPlanId,
    /// Whose record it is.
    pub programme: ProgrammeId,
    /// The partnership it hangs under.
    pub partnership: PartnershipId,
    /// The agreement of that partnership that it belongs to, if it was signed with or under one (R15).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<AgreementId>,
    /// What it is called.
    pub title: Title,
    /// What sort of plan it is.
    pub kind: ActionPlanKind,
    /// From the day on which it was agreed or signed up to its last day, each as far as is known.
    pub runs: Period,
    /// How often somebody looks how far it is; `None` if nobody has to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<CheckRhythm>,
    /// The last time somebody did. The journal tells of the earlier ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_check: Option<PlanCheck>,
    /// Where we know it from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Remarks of the office, or of others with where they are from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// How often a plan is checked: every so many months, counted from a day on which it began or was last checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawRhythm", into = "RawRhythm")]
pub struct CheckRhythm {
    every_months: u32,
    from: NaiveDate,
}

#[derive(Serialize, Deserialize)]
struct RawRhythm {
    every_months: u32,
    from: NaiveDate,
}

/// That somebody looked how far a plan is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanCheck {
    /// The day on which somebody did.
    pub on: NaiveDate,
    /// What was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<FreeText>,
}

impl CheckRhythm {
    /// A quarter of a year, the usual rhythm. Source: design, "five points, ten owners, quarterly check".
    pub const QUARTERLY: u32 = 3;
    /// The longest rhythm, in months: a plan that nobody looks at for longer is not checked.
    pub const MOST_MONTHS: u32 = 60;

    /// Every so many months from a day on.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::OutOfRange`] unless 1 ≤ `every_months` ≤ [`Self::MOST_MONTHS`].
    pub fn new(every_months: u32, from: NaiveDate) -> Result<Self, InvalidValue> {
        if (1..=Self::MOST_MONTHS).contains(&every_months) {
            Ok(Self { every_months, from })
        } else {
            Err(InvalidValue::out_of_range(&format_args!("{every_months} months"), "from 1 to 60 months"))
        }
    }

    /// Every so many months.
    #[must_use]
    pub const fn every_months(self) -> u32 {
        self.every_months
    }

    /// The day from which the first interval is counted.
    #[must_use]
    pub const fn from(self) -> NaiveDate {
        self.from
    }
}

impl TryFrom<RawRhythm> for CheckRhythm {
    type Error = InvalidValue;

    fn try_from(raw: RawRhythm) -> Result<Self, InvalidValue> {
        Self::new(raw.every_months, raw.from)
    }
}

impl From<CheckRhythm> for RawRhythm {
    fn from(CheckRhythm { every_months, from }: CheckRhythm) -> Self {
        Self { every_months, from }
    }
}

impl ActionPlan {
    /// The most points that a plan can have.
    pub const MOST_POINTS: u32 = 200;

    /// The day by which it is to be checked next: an interval after the last check, or after the day from which it is counted; on
    /// the plan's last day at the latest, so that a plan is never left without a last look. `None` if nobody has to check it, or
    /// somebody did after its last day.
    #[must_use]
    pub fn next_check(&self) -> Option<NaiveDate> {
        let CheckRhythm { every_months, from } = self.check?;
        let last = self.last_check.as_ref().map(|check| check.on);
        let after = last.map_or(from, |last| last.max(from));
        let next = after.checked_add_months(Months::new(every_months)).unwrap_or(NaiveDate::MAX);
        match self.runs.to().map(|end| end.latest()) {
            Some(end) if last.is_some_and(|last| last >= end) => None,
            Some(end) => Some(next.min(end)),
            None => Some(next),
        }
    }

    /// Whether it is to be checked on that day: the day by which somebody should have looked has come.
    #[must_use]
    pub fn is_to_be_checked(&self, today: NaiveDate) -> bool {
        self.next_check().is_some_and(|next| next <= today)
    }

    /// The plan after a check. One of an earlier day than the last leaves the last as it is: the journal tells of both.
    #[must_use]
    pub fn checked(&self, check: PlanCheck) -> Self {
        let last = match &self.last_check {
            Some(last) if last.on > check.on => last.clone(),
            Some(_) | None => check,
        };
        Self { last_check: Some(last), ..self.clone() }
    }
}
