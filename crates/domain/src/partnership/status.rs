//! Where a partnership stands by decision. What is computed from contact (active, cooling, dormant) is not here: that
//! is `vitality`.
//!
//! Enquiry → Assessing → Exploring → Agreed → `UnderReview` → { Reawakening → Agreed | Concluded }; any live one →
//! Suspended → back only by resuming; Enquiry and Assessing → Declined; Concluded → Historical.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use crate::named_enum;
use crate::value::{FreeText, Name, PartialDate, Source};

/// Where a partnership stands by decision. Each status carries just the facts that hold in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Status {
    /// Somebody asked; nobody has looked at it yet.
    Enquiry,
    /// The request is being weighed against the programme's criteria.
    Assessing,
    /// Both are getting to know each other, the "stepping stone".
    Exploring,
    /// An agreement stands. Whether the partnership lives is for its vitality to say.
    Agreed,
    /// It stands, but its end is being examined, with a day by which to decide.
    UnderReview {
        /// The day by which the review is to be decided.
        deadline: NaiveDate,
    },
    /// It stands, and a plan is under way to bring it back to life.
    Reawakening {
        /// When that was decided, if known.
        since: Option<PartialDate>,
        /// The plan, in words.
        plan: Option<FreeText>,
    },
    /// Set aside on a condition; nothing is deleted, and only resuming or ending leaves it (R13).
    Suspended(Suspension),
    /// The request was refused.
    Declined {
        /// When it was refused; `None` if nobody knows.
        on: Option<PartialDate>,
        /// Why, in words that could be written to those who asked.
        reason: Option<FreeText>,
    },
    /// Ended by a decision, which is never a matter of silence alone.
    Concluded {
        /// The day from which it is ended, if known.
        on: Option<PartialDate>,
        /// Why it was ended, in words.
        reason: Option<FreeText>,
    },
    /// Ended, and kept and honoured (Toronto's "historical" links).
    Historical {
        /// When it had ended, if known.
        ended_on: Option<PartialDate>,
    },
}

/// The facts of a suspension (R13): what was stated, and what it suspended.
///
/// Giving back gifts or disbanding a committee are decisions of their own (see `Measure`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Suspension {
    /// The day on which it was set aside, as precisely as is known.
    pub on: PartialDate,
    /// Who decided it; `None` if the source does not state it.
    pub authority: Option<Name>,
    /// The condition for resuming, as stated; `None` if the source states none.
    pub condition: Option<FreeText>,
    /// Where the statement was read.
    pub source: Option<Source>,
    /// What was suspended, and comes back on resuming.
    pub suspended: Box<Status>,
}

/// A fact that a suspension should state and does not (R13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SuspensionGap {
    /// Nobody knows who decided it.
    Authority,
    /// No condition for resuming is on record.
    Condition,
    /// No source is given for it.
    Source,
}

impl Suspension {
    /// What R13 asks for and the record lacks. An old list often gives no more than the day.
    #[must_use]
    pub fn gaps(&self) -> Vec<SuspensionGap> {
        [
            self.authority.is_none().then_some(SuspensionGap::Authority),
            self.condition.is_none().then_some(SuspensionGap::Condition),
            self.source.is_none().then_some(SuspensionGap::Source),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// In a few words, with the facts that decide: `agreed`, `under review until 2027-01-31`, `suspended since 2022-03`.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = |f: &mut fmt::Formatter<'_>, on: &Option<PartialDate>| match on {
            Some(on) => write!(f, " since {on}"),
            None => Ok(()),
        };
        f.write_str(&self.kind().as_str().replace('_', " "))?;
        match self {
            Self::Enquiry | Self::Assessing | Self::Exploring | Self::Agreed => Ok(()),
            Self::UnderReview { deadline } => write!(f, " until {deadline}"),
            Self::Reawakening { since: on, .. } | Self::Declined { on, .. } | Self::Concluded { on, .. } => {
                since(f, on)
            }
            Self::Historical { ended_on } => since(f, ended_on),
            Self::Suspended(suspension) => write!(f, " since {}", suspension.on),
        }
    }
}

named_enum! {
    /// A status without its facts, for questions and columns.
    #[non_exhaustive]
    pub enum StatusKind ("a status") of Status {
        Enquiry = "enquiry",
        Assessing = "assessing",
        Exploring = "exploring",
        Agreed = "agreed",
        UnderReview = "under_review",
        Reawakening = "reawakening",
        Suspended = "suspended",
        Declined = "declined",
        Concluded = "concluded",
        Historical = "historical",
    }
}

/// The four great phases of a partnership's life, in which the same decisions are possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::exhaustive_enums, reason = "a new status falls into one of these")]
pub enum Phase {
    /// Not agreed yet: enquiry, assessing, exploring.
    Coming,
    /// Standing: agreed, under review, reawakening. This is what "in force" means in a count.
    InForce,
    /// Set aside on a condition.
    Suspended,
    /// Over: declined, concluded, historical.
    Over,
}

impl Status {
    /// The phase the status belongs to.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.kind().phase()
    }
}

impl StatusKind {
    /// The statuses that mean "in force", which a count asks for unless told otherwise.
    pub const IN_FORCE: [Self; 3] = [Self::Agreed, Self::UnderReview, Self::Reawakening];

    /// The phase the status belongs to.
    #[must_use]
    pub fn phase(self) -> Phase {
        match self {
            Self::Enquiry | Self::Assessing | Self::Exploring => Phase::Coming,
            Self::Agreed | Self::UnderReview | Self::Reawakening => Phase::InForce,
            Self::Suspended => Phase::Suspended,
            Self::Declined | Self::Concluded | Self::Historical => Phase::Over,
        }
    }
}
