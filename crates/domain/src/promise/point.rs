//! Action points: one thing that was promised, by whom, until when, and how far it is.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::course::Course;
use crate::id::{ActionPlanId, ActionPointId, PartnershipId, PersonId, ProgrammeId};
use crate::named_enum;
use crate::responsible::Responsible;
use crate::value::{FreeText, InvalidValue, PartialDate, Title};

named_enum! {
    /// Whose promise an action point is, seen from the host of the programme.
    #[derive(Default)]
    #[non_exhaustive]
    pub enum PromisedBy ("whose promise it is") {
        /// Of both cities; each has an owner for it.
        #[default]
        Both = "both",
        /// Of the city whose programme it is, alone.
        Host = "host",
        /// Of the city that the partnership is with, alone.
        Counterpart = "counterpart",
    }
}

impl PromisedBy {
    /// Whether the city whose programme it is has to do something.
    #[must_use]
    pub const fn includes_host(self) -> bool {
        match self {
            Self::Both | Self::Host => true,
            Self::Counterpart => false,
        }
    }

    /// Whether the other city has to do something.
    #[must_use]
    pub const fn includes_counterpart(self) -> bool {
        match self {
            Self::Both | Self::Counterpart => true,
            Self::Host => false,
        }
    }
}

named_enum! {
    /// Whether the office lets a point be shown to anybody.
    #[derive(Default)]
    #[non_exhaustive]
    pub enum Publicity ("a publicity") {
        /// It is shown to those who may read the programme.
        #[default]
        Internal = "internal",
        /// Its public status may be shown to anybody.
        Public = "public",
    }
}

/// The number of a point in its plan, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct PointNumber(u32);

impl PointNumber {
    /// The number of the first point.
    pub const FIRST: Self = Self(1);
    /// The greatest number.
    pub const MOST: u32 = 999;

    /// A number from 1 to [`Self::MOST`].
    ///
    /// # Errors
    ///
    /// [`InvalidValue::OutOfRange`] for another.
    pub fn new(number: u32) -> Result<Self, InvalidValue> {
        if (1..=Self::MOST).contains(&number) {
            Ok(Self(number))
        } else {
            Err(InvalidValue::out_of_range(&number, "a number from 1 to 999"))
        }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// The number that follows the greatest of these.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::OutOfRange`] if that is the greatest there can be.
    pub fn after(numbers: impl IntoIterator<Item = Self>) -> Result<Self, InvalidValue> {
        Self::new(numbers.into_iter().map(Self::get).max().unwrap_or(0) + 1)
    }
}

impl TryFrom<u32> for PointNumber {
    type Error = InvalidValue;

    fn try_from(number: u32) -> Result<Self, InvalidValue> {
        Self::new(number)
    }
}

impl From<PointNumber> for u32 {
    fn from(number: PointNumber) -> Self {
        number.0
    }
}

impl fmt::Display for PointNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for PointNumber {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let number = text.parse().map_err(|_| InvalidValue::malformed(text, "a number from 1 to 999"))?;
        Self::new(number)
    }
}

/// Whether an owner has accepted a promise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "acceptance", rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a promise is accepted or it is not")]
pub enum Acceptance {
    /// Not yet, as far as is known.
    #[default]
    NotYet,
    /// They have.
    Accepted {
        /// When, as precisely as is known; `None` if nobody knows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<PartialDate>,
    },
}

/// Who is to see to an action point on one side.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PointOwner {
    /// Who it is.
    pub responsible: Responsible,
    /// Whether they have accepted, and when.
    #[serde(flatten)]
    pub acceptance: Acceptance,
}

impl PointOwner {
    /// An owner who was named, and has not accepted yet.
    #[must_use]
    pub const fn named(responsible: Responsible) -> Self {
        Self { responsible, acceptance: Acceptance::NotYet }
    }
}

/// One thing that was promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct ActionPoint {
    /// The id under which it is kept.
    pub id: ActionPointId,
    /// Whose record it is.
    pub programme: ProgrammeId,
    /// The plan it is a point of.
    pub plan: ActionPlanId,
    /// The partnership of that plan.
    pub partnership: PartnershipId,
    /// Its number in the plan; no other point of the plan has it.
    pub number: PointNumber,
    /// What was promised, in a line.
    pub title: Title,
    /// What was promised, as fully as it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<FreeText>,
    /// Whose promise it is.
    #[serde(default)]
    pub promised_by: PromisedBy,
    /// Who is to see to it in the city whose programme it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<PointOwner>,
    /// Who is to see to it in the city that the partnership is with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterpart: Option<PointOwner>,
    /// Until when it is due, as precisely as was said: a month is over on its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<PartialDate>,
    /// How far it is, in a sentence that the office lets be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_status: Option<Title>,
    /// Whether that sentence may be shown to anybody.
    #[serde(default)]
    pub publicity: Publicity,
    /// What was done about it.
    #[serde(default, skip_serializing_if = "Course::is_empty")]
    pub course: Course,
}

impl ActionPoint {
    /// An open point of a plan, with no more than what was promised; add what else is known.
    #[must_use]
    pub fn promised(
        id: ActionPointId,
        plan: &super::ActionPlan,
        number: PointNumber,
        title: Title,
        due: Option<PartialDate>,
    ) -> Self {
        Self {
            id,
            programme: plan.programme,
            plan: plan.id,
            partnership: plan.partnership,
            number,
            title,
            text: None,
            promised_by: PromisedBy::Both,
            host: None,
            counterpart: None,
            due,
            public_status: None,
            publicity: Publicity::Internal,
            course: Course::default(),
        }
    }

    /// The last day on which it is in time; `None` if no date was said.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.due.map(|due| due.latest())
    }

    /// Whether it is late on that day: not over, and every day that can be meant has passed.
    #[must_use]
    pub fn is_late(&self, today: NaiveDate) -> bool {
        !self.state().is_over() && self.last_day().is_some_and(|last| last < today)
    }

    /// The same point as if those owners who go by one of these ids were named by that person: who has several records is one person.
    #[must_use]
    pub fn naming(self, person: PersonId, ids: &[PersonId]) -> Self {
        let name = |owner: PointOwner| match owner.responsible.person() {
            Some(named) if ids.contains(&named) => {
                PointOwner { responsible: owner.responsible.with_person(person), ..owner }
            }
            Some(_) | None => owner,
        };
        Self { host: self.host.map(name), counterpart: self.counterpart.map(name), ..self }
    }

    /// Those who are to see to it and are named, the host's first.
    pub fn owners(&self) -> impl Iterator<Item = &PointOwner> {
        self.host.iter().chain(&self.counterpart)
    }
}
