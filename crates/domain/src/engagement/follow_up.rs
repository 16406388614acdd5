//! What came of it? The question that is put to both sides after an engagement, for two years.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Engagement, EngagementEvent, Happening};
use crate::id::{EngagementId, OutcomeId};
use crate::named_enum;
use crate::outcome::Outcome;

named_enum! {
    /// Which side is asked.
    #[expect(clippy::exhaustive_enums, reason = "there are two sides to ask")]
    pub enum AskedSide ("a side that is asked") {
        /// The city whose programme it is.
        Host = "host",
        /// The city that the partnership is with.
        Counterpart = "counterpart",
    }
}

named_enum! {
    /// How long after the engagement is asked. Most introductions that come to something do so within two years.
    #[non_exhaustive]
    pub enum FollowUp ("a time to ask") {
        /// A quarter of a year.
        ThreeMonths = "3_months",
        /// Half a year.
        SixMonths = "6_months",
        /// A year.
        TwelveMonths = "12_months",
        /// Two years.
        TwentyFourMonths = "24_months",
    }
}

impl FollowUp {
    /// So many months after the last day of the engagement.
    #[must_use]
    pub const fn months(self) -> u32 {
        match self {
            Self::ThreeMonths => 3,
            Self::SixMonths => 6,
            Self::TwelveMonths => 12,
            Self::TwentyFourMonths => 24,
        }
    }
}

/// What a side says came of an engagement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "said", rename_all = "snake_case")]
#[non_exhaustive]
pub enum WhatCame {
    /// Nothing so far: the question comes again.
    NothingYet,
    /// Nothing, and nothing will: this side is not asked again.
    NothingWill,
    /// That outcome; more may come, so the question comes again.
    Outcome {
        /// The outcome.
        outcome: OutcomeId,
    },
}

named_enum! {
    /// What a side says, without the outcome.
    #[non_exhaustive]
    pub enum WhatCameKind ("an answer") of WhatCame {
        NothingYet = "nothing_yet",
        NothingWill = "nothing_will",
        Outcome = "outcome",
    }
}

/// An answer: one for each side and time; a later one to the same question takes its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeAnswer {
    /// Who answered.
    pub side: AskedSide,
    /// Which question.
    pub after: FollowUp,
    /// On which day it was answered.
    pub on: NaiveDate,
    /// What came of it.
    #[serde(flatten)]
    pub came: WhatCame,
}

/// A question that is open, or will be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FollowUpQuestion {
    /// What is asked about.
    pub engagement: EngagementId,
    /// Who is asked.
    pub side: AskedSide,
    /// How long after it.
    pub after: FollowUp,
    /// The day from which it is open.
    pub due_on: NaiveDate,
    /// The outcomes that cite the engagement so far.
    pub known: Vec<OutcomeId>,
}

/// Why an answer was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerRefusal {
    /// Nobody asks: it is not marked so, was not held, or has no date.
    #[error("nobody asks what came of {engagement}: {why}")]
    NotAsked {
        /// The engagement.
        engagement: EngagementId,
        /// What would have to be otherwise.
        why: &'static str,
    },
    /// The question is not open yet.
    #[error("what came of {engagement} after {after} is asked from {due_on} on")]
    NotDue {
        /// The engagement.
        engagement: EngagementId,
        /// The question.
        after: FollowUp,
        /// The day from which it is open.
        due_on: NaiveDate,
    },
}

/// The questions on what came of an engagement: for each side the latest that is due and was not answered, and those still to come.
///
/// It is asked after an engagement that was held, is marked so and has a date: 3, 6, 12 and 24 months after the last day on which it
/// can have been. An earlier question that nobody answered is not asked beside a later one, and a side that said that nothing will
/// come is not asked again. `outcomes` are those of the programme; the questions name those that cite the engagement.
#[must_use]
pub fn outcome_questions<'a>(
    engagement: &Engagement,
    outcomes: impl IntoIterator<Item = &'a Outcome>,
    today: NaiveDate,
) -> Vec<FollowUpQuestion> {
    if engagement.last_asked_about().is_err() {
        return Vec::new();
    }
    let cites = |outcome: &&Outcome| outcome.engagements.contains(&engagement.id);
    let mut known: Vec<OutcomeId> = outcomes.into_iter().filter(cites).map(|outcome| outcome.id).collect();
    known.sort_unstable();
    let mut questions = Vec::new();
    for side in AskedSide::ALL {
        let own = || engagement.outcome_answers.iter().filter(|answer| answer.side == side);
        if own().any(|answer| answer.came == WhatCame::NothingWill) {
            continue;
        }
        let due =
            FollowUp::ALL.into_iter().filter_map(|after| Some((after, engagement.asked_on(after).ok()?)));
        let latest = due.clone().filter(|(_, due_on)| *due_on <= today).map(|(after, _)| after).max();
        for (after, due_on) in due.filter(|(after, _)| latest.is_none_or(|latest| *after >= latest)) {
            if own().all(|answer| answer.after < after) {
                let known = known.clone();
                questions.push(FollowUpQuestion { engagement: engagement.id, side, after, due_on, known });
            }
        }
    }
    questions.sort_by_key(|question| (question.due_on, question.after, question.side));
    questions
}

impl Engagement {
    /// The last day it can have been on, if it is asked about at all.
    fn last_asked_about(&self) -> Result<NaiveDate, AnswerRefusal> {
        let not = |why| AnswerRefusal::NotAsked { engagement: self.id, why };
        if !self.follow_up {
            return Err(not("it is not marked to be followed up"));
        }
        if self.happening != Happening::Held {
            return Err(not("it was not held"));
        }
        self.dates.span().map(|(_, last)| last).ok_or_else(|| not("it has no date"))
    }

    /// The day from which a question is open.
    ///
    /// # Errors
    ///
    /// [`AnswerRefusal::NotAsked`] if nobody asks.
    pub fn asked_on(&self, after: FollowUp) -> Result<NaiveDate, AnswerRefusal> {
        let last = self.last_asked_about()?;
        Ok(last.checked_add_months(Months::new(after.months())).unwrap_or(NaiveDate::MAX))
    }

    /// Takes an answer: the engagement with it, and the event that tells of it; `None` if the same was answered on the same day.
    ///
    /// # Errors
    ///
    /// [`AnswerRefusal`] if the question is not asked, or not yet on the day of the answer.
    pub fn answer(mut self, answer: OutcomeAnswer) -> Result<Option<(Self, EngagementEvent)>, AnswerRefusal> {
        let due_on = self.asked_on(answer.after)?;
        if answer.on < due_on {
            return Err(AnswerRefusal::NotDue { engagement: self.id, after: answer.after, due_on });
        }
        if self.outcome_answers.contains(&answer) {
            return Ok(None);
        }
        self.outcome_answers.retain(|other| (other.side, other.after) != (answer.side, answer.after));
        self.outcome_answers.push(answer);
        self.outcome_answers.sort_by_key(|answer| (answer.after, answer.side));
        let event = EngagementEvent::OutcomeAnswered { partnership: self.partnership, answer };
        Ok(Some((self, event)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engagement::{Direction, EngagementDates, Foci, Focus};
    use crate::id::{PartnershipId, ProgrammeId, SeededIds};
    use crate::outcome::OutcomeKind;
    use crate::value::Title;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect(text)
    }

    fn visit(date: &str) -> Engagement {
        let ids = SeededIds::new(1);
        let (id, of) = (EngagementId::next(&ids), (ProgrammeId::next(&ids), PartnershipId::next(&ids)));
        let title = Title::new("Visit").expect("a title");
        let dates = date.parse().map_or(EngagementDates::UNDATED, EngagementDates::on);
        let held = Engagement::held(id, of, title, Foci::one(Focus::Business), Direction::Inbound, dates);
        Engagement { follow_up: true, ..held }
    }

    fn says(side: AskedSide, after: FollowUp, on: &str, came: WhatCame) -> OutcomeAnswer {
        OutcomeAnswer { side, after, on: day(on), came }
    }

    fn answered(engagement: Engagement, answer: OutcomeAnswer) -> Engagement {
        engagement.answer(answer).expect("an answer").expect("a change").0
    }

    fn asked(engagement: &Engagement, today: &str) -> Vec<String> {
        let today = day(today);
        let open = outcome_questions(engagement, [], today).into_iter().filter(|one| one.due_on <= today);
        open.map(|one| format!("{} {} {}", one.due_on, one.after, one.side)).collect()
    }

    #[test]
    fn both_sides_are_asked_after_3_6_12_and_24_months_and_only_the_latest_question() {
        let visit = visit("2008-11-30");
        assert_eq!(asked(&visit, "2009-02-27"), Vec::<String>::new());
        assert_eq!(
            asked(&visit, "2009-02-28"),
            ["2009-02-28 3_months host", "2009-02-28 3_months counterpart"]
        );
        assert_eq!(
            asked(&visit, "2009-06-01"),
            ["2009-05-30 6_months host", "2009-05-30 6_months counterpart"]
        );
        assert_eq!(outcome_questions(&visit, [], day("2009-06-01")).len(), 6, "those to come are told too");
        assert_eq!(asked(&visit, "2030-01-01").len(), 2, "until somebody answers");
    }

    #[test]
    fn who_says_nothing_yet_is_asked_again_and_who_says_nothing_will_is_not() {
        use {AskedSide::Counterpart, AskedSide::Host, FollowUp::SixMonths, FollowUp::ThreeMonths};
        let visit = answered(visit("2008-11"), says(Host, ThreeMonths, "2009-03-01", WhatCame::NothingYet));
        assert_eq!(asked(&visit, "2009-03-01"), ["2009-02-28 3_months counterpart"]);
        let visit = answered(visit, says(Counterpart, ThreeMonths, "2009-03-02", WhatCame::NothingWill));
        assert_eq!(asked(&visit, "2009-03-02"), Vec::<String>::new());
        assert_eq!(asked(&visit, "2009-06-01"), ["2009-05-30 6_months host"]);
        let outcome = OutcomeId::next(&SeededIds::new(5));
        let visit = answered(visit, says(Host, SixMonths, "2009-06-01", WhatCame::Outcome { outcome }));
        assert_eq!(asked(&visit, "2009-06-01"), Vec::<String>::new());
        assert_eq!(asked(&visit, "2009-11-30"), ["2009-11-30 12_months host"], "more may come");
    }

    #[test]
    fn an_answer_is_corrected_by_another_and_the_same_again_changes_nothing() {
        let first = says(AskedSide::Host, FollowUp::ThreeMonths, "2009-03-01", WhatCame::NothingWill);
        let visit = answered(visit("2008-11-30"), first);
        assert_eq!(visit.clone().answer(first), Ok(None));
        let visit = answered(visit, OutcomeAnswer { came: WhatCame::NothingYet, ..first });
        assert_eq!(visit.outcome_answers.len(), 1);
        assert_eq!(asked(&visit, "2009-06-01").len(), 2);
    }

    #[test]
    fn nobody_asks_about_what_is_not_marked_not_held_or_not_dated_nor_too_early() {
        let answer = says(AskedSide::Host, FollowUp::ThreeMonths, "2009-02-27", WhatCame::NothingYet);
        let refused = |engagement: Engagement| {
            assert_eq!(asked(&engagement, "2009-02-27"), Vec::<String>::new());
            engagement.answer(answer).expect_err("not asked").to_string()
        };
        assert!(
            refused(Engagement { follow_up: false, ..visit("2008-11-30") })
                .ends_with("not marked to be followed up")
        );
        assert!(
            refused(Engagement { happening: Happening::CalledOff, ..visit("2008-11-30") })
                .ends_with("not held")
        );
        assert!(refused(visit("")).ends_with("has no date"));
        assert!(refused(visit("2008-11-30")).ends_with("after 3_months is asked from 2009-02-28 on"));
    }

    #[test]
    fn a_question_names_what_is_known_to_have_come() {
        let visit = visit("2008-11-30");
        let ids = SeededIds::new(7);
        let outcome = |engagements: &[EngagementId]| Outcome {
            engagements: engagements.iter().copied().collect(),
            ..Outcome::claimed(
                OutcomeId::next(&ids),
                visit.programme,
                OutcomeKind::Deal,
                Title::new("A deal").expect("a title"),
            )
        };
        let all = [outcome(&[visit.id]), outcome(&[])];
        let questions = outcome_questions(&visit, &all, day("2009-03-01"));
        assert!(questions.iter().all(|question| question.known == [all[0].id]));
    }
}
