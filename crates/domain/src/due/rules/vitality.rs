//! What follows from how alive a partnership is: before it steps down the ladder, and after (R37).

use super::super::item::DueKind;
use super::super::reckon::{PartnershipUnit, Proposal, Proposals, in_words};
use crate::partnership::Status;
use crate::vitality::{Footing, Rung, StepDown, VitalityInputs, descent};

/// Proposes a contact before the next step down, and a task after each step taken.
///
/// No task is proposed after a step while the partnership is under review or being reawakened: that is the answer to it.
pub(super) fn propose(proposals: &mut Proposals<'_>, unit: &PartnershipUnit<'_>, status: &Status) {
    let kind = unit.partnership.leading_kind_on(proposals.day);
    let policy = proposals.state.programme.vitality_policy(kind.as_ref());
    let file = unit.file;
    let inputs = VitalityInputs::new(unit.partnership, file.engagements.values(), policy)
        .with_agreements(file.agreements.values());
    let descent = descent(&inputs, proposals.day);
    if let Some(day) = descent.holds_until {
        proposals.turns_on(day);
    }
    proposals.touches.last_contact = descent.last_contact;
    if let Some(step) = descent.coming {
        fading(proposals, unit, step);
    }
    let is_answered = matches!(status, Status::UnderReview { .. } | Status::Reawakening { .. });
    if let Some(step) = descent.taken.filter(|_| !is_answered) {
        stepped_down(proposals, unit, step);
    }
}

fn fading(proposals: &mut Proposals<'_>, unit: &PartnershipUnit<'_>, step: StepDown) {
    let by = match step.footing {
        Footing::CompleteRecord => "",
        Footing::Contacts | Footing::IncompleteRecord => " by what is on record",
    };
    let reason = format!(
        "{} will be called {}{by} on {} if nothing happens.",
        unit.called,
        step.to,
        in_words(step.on)
    );
    let what_to_do = match step.footing {
        Footing::CompleteRecord => "Plan a contact of both cities before that day.",
        Footing::Contacts | Footing::IncompleteRecord => {
            "Write down what is missing from the log, or plan a contact of both cities."
        }
    };
    proposals.propose(Proposal {
        kind: DueKind::PartnershipFading,
        subject: unit.partnership.id().into(),
        due_on: step.on,
        until: step.on.pred_opt(),
        owner: None,
        reason,
        what_to_do: what_to_do.to_owned(),
    });
}

fn stepped_down(proposals: &mut Proposals<'_>, unit: &PartnershipUnit<'_>, step: StepDown) {
    let kind = DueKind::PartnershipSteppedDown;
    let reason = format!("{} has been {} since {}.", unit.called, step.to, in_words(step.on));
    let what_to_do = match step.to {
        Rung::Cooling | Rung::Active => "Call the other office and fix the next contact.",
        Rung::Dormant => "Decide: a plan to reawaken it, a review with a deadline, or its end.",
    };
    proposals.propose(Proposal {
        kind,
        subject: unit.partnership.id().into(),
        due_on: proposals.policy().rule(kind).allowed.after(step.on),
        until: None,
        owner: None,
        reason,
        what_to_do: what_to_do.to_owned(),
    });
}
