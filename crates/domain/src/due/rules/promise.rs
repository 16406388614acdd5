//! What follows from action plans: promises by their day, and the looks at how far a plan is.

use super::super::item::DueKind;
use super::super::reckon::{PartnershipUnit, Proposal, Proposals, in_words};
use crate::promise::{ActionPoint, PromisedBy};

/// Proposes the open points of plans by their day, and the next look at each plan that is looked at.
pub(super) fn propose(proposals: &mut Proposals<'_>, unit: &PartnershipUnit<'_>) {
    for point in unit.file.points.values() {
        promised(proposals, unit, point);
    }
    for plan in unit.file.plans.values() {
        let Some(due_on) = plan.next_check() else { continue };
        proposals.propose(Proposal {
            kind: DueKind::PlanCheck,
            subject: plan.id.into(),
            due_on,
            until: None,
            owner: None,
            reason: format!("\"{}\" with {} is to be looked at again.", plan.title.as_str(), unit.called),
            what_to_do: "Go through its points with both owners, and note what you find.".to_owned(),
        });
    }
}

/// A point that is not over: whoever sees to it here, or the other side if it is theirs alone.
fn promised(proposals: &mut Proposals<'_>, unit: &PartnershipUnit<'_>, point: &ActionPoint) {
    let Some(due_on) = point.last_day().filter(|_| !point.state().is_over()) else { return };
    let (owner, whose) = match point.promised_by {
        PromisedBy::Counterpart => (&point.counterpart, format!("{} promised", unit.called)),
        PromisedBy::Host => (&point.host, format!("We promised {}", unit.called)),
        PromisedBy::Both => (&point.host, format!("Both sides promised, with {},", unit.called)),
    };
    let title = point.title.as_str();
    proposals.propose(Proposal {
        kind: DueKind::PromiseDue,
        subject: point.id.into(),
        due_on,
        until: None,
        owner: owner.as_ref().map(|owner| owner.responsible.clone()),
        reason: format!(
            "{whose} by {}: \"{title}\"; it is {}.",
            in_words(due_on),
            point.state().as_str().replace('_', " ")
        ),
        what_to_do: "See that it is done and say what shows it, or drop it with a reason.".to_owned(),
    });
}
