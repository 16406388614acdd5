//! Counts are questions: as of a day, for some kinds and some statuses, with the list behind the number (R5).
//!
//! Published counts disagree because they are answers to different questions. So nothing here stores a number, and an
//! answer comes in three lists: what surely counts, what may count because a date is only partly known, and what may
//! count but has no date at all. The number is the length of the first; it is never a guess.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::PartnershipId;
use crate::named_enum;
use crate::partnership::{Partnership, StatusKind};
use crate::programme::KindCatalogue;
use crate::value::{Certainty, KindKey, PartialDate};

/// A question about a number of partnerships.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountQuery {
    /// The day it is about.
    pub as_of: NaiveDate,
    /// The kinds that count; `None` for those that the programme counts in its headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kinds: Option<BTreeSet<KindKey>>,
    /// The statuses that count; `None` for those in force: agreed, under review, reawakening.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statuses: Option<BTreeSet<StatusKind>>,
}

/// The answer: the question as it was understood, and the partnerships behind the number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The day it is about.
    pub as_of: NaiveDate,
    /// The kinds that were counted.
    pub kinds: BTreeSet<KindKey>,
    /// The statuses that were counted.
    pub statuses: BTreeSet<StatusKind>,
    /// Partnerships that surely count.
    pub certain: Vec<CountedPartnership>,
    /// Partnerships that may count: a date that decides it is only partly known.
    pub possible: Vec<CountedPartnership>,
    /// Partnerships that may count, but nobody knows since when they exist.
    pub undated: Vec<CountedPartnership>,
}

named_enum! {
    /// How surely a partnership counts.
    #[expect(clippy::exhaustive_enums, reason = "a count has three lists")]
    pub enum CountedAs ("how surely a partnership counts") {
        /// It surely counts.
        Certain = "certain",
        /// It may count: a date that decides it is only partly known.
        Possible = "possible",
        /// It may count, but nobody knows since when it exists.
        Undated = "undated",
    }
}

/// A partnership in the list behind a number. One partnership is listed once, however many kinds it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedPartnership {
    /// Which partnership it is.
    pub partnership: PartnershipId,
    /// The kind by which it counts; the surest one, then the first entered.
    pub kind: KindKey,
    /// The status by which it counts; of several possible ones the first in its history.
    pub status: StatusKind,
    /// Since when it has been of that kind; `None` if no source gives a date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<PartialDate>,
}

impl CountQuery {
    /// The headline question: the programme's headline kinds in force on a day.
    #[must_use]
    pub fn headline(as_of: NaiveDate) -> Self {
        Self { as_of, kinds: None, statuses: None }
    }

    /// The question for these kinds instead.
    #[must_use]
    pub fn of_kinds(mut self, kinds: impl IntoIterator<Item = KindKey>) -> Self {
        self.kinds = Some(kinds.into_iter().collect());
        self
    }

    /// The question for these statuses instead.
    #[must_use]
    pub fn in_statuses(mut self, statuses: impl IntoIterator<Item = StatusKind>) -> Self {
        self.statuses = Some(statuses.into_iter().collect());
        self
    }
}

impl CountedPartnership {
    /// By what a list is sorted: `since` (undated last, coarser dates first), then the id.
    #[must_use]
    pub fn sort_key(&self) -> impl Ord + use<> {
        (self.since.is_none(), self.since.map(|since| since.sort_key()), self.partnership)
    }
}

impl Count {
    /// The number: how many surely count.
    #[must_use]
    pub fn number(&self) -> usize {
        self.certain.len()
    }

    /// All that is listed: first what surely counts, then what may, then what has no date; each list in its order.
    pub fn listed(&self) -> impl Iterator<Item = (CountedAs, &CountedPartnership)> {
        let lists = [
            (CountedAs::Certain, &self.certain),
            (CountedAs::Possible, &self.possible),
            (CountedAs::Undated, &self.undated),
        ];
        lists.into_iter().flat_map(|(how, list)| list.iter().map(move |one| (how, one)))
    }
}

/// Answers the question from a programme's partnerships.
///
/// Each list is sorted by `since` (undated last, coarser dates first), then by id, so that the answer does not depend on
/// the order in which the partnerships come. A blank year never makes a partnership certain; only a later decision with a date
/// does, such as a reaffirmation.
#[must_use]
pub fn count<'a>(
    query: &CountQuery,
    catalogue: &KindCatalogue,
    partnerships: impl IntoIterator<Item = &'a Partnership>,
) -> Count {
    let mut answer = Count {
        as_of: query.as_of,
        kinds: query.kinds.clone().unwrap_or_else(|| catalogue.headline()),
        statuses: query.statuses.clone().unwrap_or_else(|| StatusKind::IN_FORCE.into()),
        certain: Vec::new(),
        possible: Vec::new(),
        undated: Vec::new(),
    };
    for partnership in partnerships {
        let Some((entry, certainty)) = counted(&answer, partnership) else { continue };
        match (certainty, entry.since) {
            (Certainty::Yes, _) => answer.certain.push(entry),
            (Certainty::Possibly, Some(_)) => answer.possible.push(entry),
            (Certainty::Possibly, None) => answer.undated.push(entry),
            (Certainty::No, _) => {}
        }
    }
    for list in [&mut answer.certain, &mut answer.possible, &mut answer.undated] {
        list.sort_by_key(CountedPartnership::sort_key);
    }
    answer
}

/// By what a partnership counts and how surely; `None` if it surely does not.
fn counted(question: &Count, partnership: &Partnership) -> Option<(CountedPartnership, Certainty)> {
    let status_on = partnership.status_on(question.as_of);
    let status_certainty = status_on.is_among(&question.statuses);
    let status = status_on.matching(&question.statuses).next()?.kind();
    let kind =
        partnership.kinds_on(question.as_of).into_iter().find(|on| question.kinds.contains(&on.kind))?;
    let certainty = status_certainty.and(kind.certainty);
    let entry =
        CountedPartnership { partnership: partnership.id(), kind: kind.kind, status, since: kind.since };
    Some((entry, certainty))
}
