//! What came of it? The questions after an engagement that is marked so.

use super::super::item::DueKind;
use super::super::reckon::{PartnershipUnit, Proposal, Proposals};
use crate::engagement::{AskedSide, outcome_questions};

/// Proposes for each engagement the question that is open and those to come: one item where both sides are asked on the same day.
///
/// A question is answered by what the sides say of the engagement; that an outcome cites it answers none, so outcomes are not read.
pub(super) fn propose(proposals: &mut Proposals<'_>, unit: &PartnershipUnit<'_>) {
    for engagement in unit.file.engagements.values() {
        let questions = outcome_questions(engagement, [], proposals.day);
        for asked in questions.chunk_by(|one, other| (one.due_on, one.after) == (other.due_on, other.after)) {
            let first = &asked[0];
            // The one before is not asked any more from then on.
            proposals.turns_on(first.due_on);
            let whom = match (asked.len(), first.side) {
                (1, AskedSide::Host) => "our side is asked",
                (1, AskedSide::Counterpart) => "the other side is asked",
                _ => "both sides are asked",
            };
            proposals.propose(Proposal {
                kind: DueKind::OutcomeQuestion,
                subject: engagement.id.into(),
                due_on: first.due_on,
                until: None,
                owner: None,
                reason: format!(
                    "{} months after \"{}\" with {}, {whom} what came of it.",
                    first.after.months(),
                    engagement.title.as_str(),
                    unit.called
                ),
                what_to_do:
                    "Ask, and note with the engagement: an outcome, nothing yet, or that nothing will come."
                        .to_owned(),
            });
        }
    }
}
