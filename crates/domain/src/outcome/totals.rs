//! Totals of outcomes: by currency or unit, evidence and attribution, each with the list behind it (R36).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Attribution, Evidence, Measure, Outcome, OutcomeKind, OutcomeValue, SameOutcome};
use crate::id::{OutcomeId, PartnershipId};
use crate::value::{Certainty, PartialDate};

/// Which outcomes to total, and as of when.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a question is put together by who asks it")]
pub struct OutcomeQuestion {
    /// The day whose evidence counts; what came later is left out.
    pub as_of: NaiveDate,
    /// Only what came on or after this day.
    pub from: Option<NaiveDate>,
    /// Only what came on or before this day.
    pub to: Option<NaiveDate>,
    /// Only what cites this partnership.
    pub partnership: Option<PartnershipId>,
    /// Only what is of this kind.
    pub kind: Option<OutcomeKind>,
}

/// One sum, with the outcomes it is the sum of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutcomeTotal {
    /// How well these are shown.
    pub evidence: Evidence,
    /// Whose doing they are.
    pub attribution: Attribution,
    /// Their sum, in one currency or unit; none if it is too large to be kept.
    pub sum: Option<OutcomeValue>,
    /// In what it is.
    pub measure: Measure,
    /// The outcomes, by id.
    pub outcomes: Vec<OutcomeId>,
}

/// The answer: sums, and what is in none of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutcomeTotals {
    /// The sums of what is claimed, documented or verified.
    pub totals: Vec<OutcomeTotal>,
    /// What is disputed or withdrawn: told, and in no total.
    pub left_out: Vec<OutcomeTotal>,
    /// Outcomes that say no value: a policy, a book.
    pub without_value: Vec<OutcomeId>,
    /// Outcomes whose date is not known well enough to say whether they belong to the days that were asked about.
    pub possible: Vec<OutcomeId>,
    /// Outcomes that are the same as another one which is counted.
    pub counted_as: Vec<(OutcomeId, OutcomeId)>,
}

impl OutcomeQuestion {
    /// Everything that had come by that day.
    #[must_use]
    pub const fn by(as_of: NaiveDate) -> Self {
        Self { as_of, from: None, to: None, partnership: None, kind: None }
    }

    /// Whether something of that date is asked about. An undated one is possibly, unless all days are asked about.
    fn asks_about(&self, date: Option<PartialDate>) -> Certainty {
        let Some(date) = date else {
            let all = self.from.is_none() && self.to.is_none();
            return if all { Certainty::Yes } else { Certainty::Possibly };
        };
        let begun = date.is_on_or_before(self.as_of);
        let not_before = self.from.map_or(Certainty::Yes, |from| date.is_on_or_after(from));
        let not_after = self.to.map_or(Certainty::Yes, |to| date.is_on_or_before(to));
        begun.and(not_before).and(not_after)
    }

    fn asks_for(&self, outcome: &Outcome) -> bool {
        self.partnership.is_none_or(|partnership| outcome.partnerships.contains(&partnership))
            && self.kind.as_ref().is_none_or(|kind| outcome.kind == *kind)
    }
}

/// Totals outcomes, of one programme or of several.
///
/// Each outcome is in one sum at most, however many records it cites, and in however many programmes it is told: of those that are
/// [the same](Outcome::same_as), the best shown one counts, of equals the one that was entered first. Different currencies and units
/// are never summed. The answer does not depend on the order in which the outcomes come.
#[must_use]
pub fn outcome_totals<'a>(
    outcomes: impl IntoIterator<Item = &'a Outcome>,
    question: &OutcomeQuestion,
) -> OutcomeTotals {
    let asked: BTreeMap<OutcomeId, &Outcome> = outcomes
        .into_iter()
        .filter(|outcome| question.asks_for(outcome))
        .map(|outcome| (outcome.id, outcome))
        .collect();
    let mut answer = OutcomeTotals::default();
    let mut certain = BTreeMap::new();
    for (id, outcome) in &asked {
        match question.asks_about(outcome.date) {
            Certainty::Yes => {
                certain.insert(*id, *outcome);
            }
            Certainty::Possibly => answer.possible.push(*id),
            Certainty::No => {}
        }
    }
    let counted_as = same(&certain, question.as_of);
    let mut sums: BTreeMap<_, (Option<OutcomeValue>, Vec<OutcomeId>)> = BTreeMap::new();
    for (id, outcome) in certain {
        if let Some(counted) = counted_as.get(&id) {
            answer.counted_as.push((id, *counted));
            continue;
        }
        let Some(value) = &outcome.value else {
            answer.without_value.push(id);
            continue;
        };
        let key = (value.measure(), outcome.level_on(question.as_of), outcome.attribution);
        match sums.get_mut(&key) {
            Some((sum, ids)) => {
                *sum = sum.as_ref().and_then(|sum| sum.checked_add(value));
                ids.push(id);
            }
            None => {
                sums.insert(key, (Some(value.clone()), vec![id]));
            }
        }
    }
    for ((measure, evidence, attribution), (sum, outcomes)) in sums {
        let total = OutcomeTotal { evidence, attribution, sum, measure, outcomes };
        if evidence.counts() { answer.totals.push(total) } else { answer.left_out.push(total) }
    }
    answer
}

/// By which outcome each one is counted, for those that are the same as another one at hand.
fn same(outcomes: &BTreeMap<OutcomeId, &Outcome>, as_of: NaiveDate) -> BTreeMap<OutcomeId, OutcomeId> {
    // What counts before what does not, then the best shown, then what was entered first.
    let rank = |id: OutcomeId| {
        let level = outcomes.get(&id).map(|outcome| outcome.level_on(as_of));
        (!level.is_some_and(Evidence::counts), Reverse(level), id)
    };
    // From each outcome to a better one of the same; the best of them stands on the right only.
    let mut better = BTreeMap::new();
    for (id, outcome) in outcomes {
        let Some(SameOutcome { programme, outcome: other }) = outcome.same_as else { continue };
        if outcomes.get(&other).is_none_or(|other| other.programme != programme) {
            continue;
        }
        let (one, other) = (best(&better, *id), best(&better, other));
        if one != other {
            let (counted, not) = if rank(one) < rank(other) { (one, other) } else { (other, one) };
            better.insert(not, counted);
        }
    }
    better.keys().map(|id| (*id, best(&better, *id))).collect()
}

fn best(better: &BTreeMap<OutcomeId, OutcomeId>, mut id: OutcomeId) -> OutcomeId {
    while let Some(next) = better.get(&id) {
        id = *next;
    }
    id
}
