//! The plan by which a partnership that was asleep comes back to life: the way that Chicago and Birmingham went from 2005 on.

use chrono::{Days, Months, NaiveDate};

use super::plan::{ActionPlan, ActionPlanKind, CheckRhythm};
use super::point::{ActionPoint, PointNumber};
use crate::id::{ActionPlanId, ActionPointId, IdSource, PartnershipId, ProgrammeId};
use crate::named_enum;
use crate::value::{FreeText, InvalidValue, PartialDate, Period, Title};

named_enum! {
    /// What a reawakening needs, in this order. Source: domain rules, "template from 2005: leader's visit, agreed programme, first
    /// result inside a year".
    #[non_exhaustive]
    pub enum ReawakeningGoal ("a goal of a reawakening") {
        /// A leader of one city visits the other: what wakes both offices.
        LeadersVisit = "leaders_visit",
        /// Both sides agree on what they do in the year, with an owner on each side.
        AgreedProgramme = "agreed_programme",
        /// Something that can be shown came of it.
        FirstResult = "first_result",
    }
}

impl ReawakeningGoal {
    /// The months from the beginning of the plan within which it is due.
    #[must_use]
    pub const fn within_months(self) -> u32 {
        match self {
            Self::LeadersVisit => 4,
            Self::AgreedProgramme => 6,
            Self::FirstResult => 12,
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::LeadersVisit => "Leader's visit",
            Self::AgreedProgramme => "Agreed programme",
            Self::FirstResult => "First result",
        }
    }

    const fn text(self) -> &'static str {
        match self {
            Self::LeadersVisit => {
                "The mayor or another leader of one city visits the other, or both meet, and say in public that the bond goes on."
            }
            Self::AgreedProgramme => {
                "Both offices agree on what they do together in the coming year: few points, each with a date and an owner on each side."
            }
            Self::FirstResult => {
                "Within the year something has come of it that can be shown in both cities, with evidence."
            }
        }
    }
}

/// The plan of a reawakening with its points.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReawakeningPlan {
    /// The plan: it runs for a year and is checked each quarter.
    pub plan: ActionPlan,
    /// Its points, one for each goal.
    pub points: Vec<ActionPoint>,
}

impl ReawakeningPlan {
    /// Makes the plan of a partnership that begins on that day, with new ids. Who is to do what is for the cities to say: nobody is
    /// named yet.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::OutOfRange`] if the year in which it ends is not from 1 to 9999.
    pub fn beginning(
        from: NaiveDate,
        of: (ProgrammeId, PartnershipId),
        title: Title,
        ids: &dyn IdSource,
    ) -> Result<Self, InvalidValue> {
        let due = |goal: ReawakeningGoal| {
            let end = from.checked_add_months(Months::new(goal.within_months()));
            let last = end.and_then(|end| end.checked_sub_days(Days::new(1))).unwrap_or(NaiveDate::MAX);
            PartialDate::from_day(last)
        };
        let plan = ActionPlan {
            id: ActionPlanId::next(ids),
            programme: of.0,
            partnership: of.1,
            agreement: None,
            title,
            kind: ActionPlanKind::Reawakening,
            runs: Period::new(Some(PartialDate::from_day(from)?), Some(due(ReawakeningGoal::FirstResult)?))?,
            check: Some(CheckRhythm::new(CheckRhythm::QUARTERLY, from)?),
            last_check: None,
            source: None,
            notes: Vec::new(),
        };
        let mut points = Vec::new();
        for (goal, number) in ReawakeningGoal::ALL.into_iter().zip(1..) {
            let (id, number) = (ActionPointId::next(ids), PointNumber::new(number)?);
            let point = ActionPoint::promised(id, &plan, number, Title::new(goal.title())?, Some(due(goal)?));
            points.push(ActionPoint { text: Some(FreeText::new(goal.text())?), ..point });
        }
        Ok(Self { plan, points })
    }
}
