//! The rules by which something is due, one file per concern.

mod agreement;
mod anniversary;
mod committee;
mod decided;
mod outcome;
mod promise;
mod vitality;

use super::reckon::{PartnershipUnit, Proposals};
use super::state::CommitteeFile;
use crate::id::CommitteeId;
use crate::partnership::{Phase, Status};

/// All that the rules propose for a partnership. Nothing is due of one that is over.
pub(super) fn propose(proposals: &mut Proposals<'_>, unit: &PartnershipUnit<'_>) {
    for turn in unit.partnership.turning_days() {
        proposals.turns_on(turn);
    }
    let status = unit.partnership.status_on(proposals.day);
    // Where the dates leave open what it is, the last that it may be: what was decided this year is not asked for again.
    let Some(status) = status.candidates().last().cloned().flatten() else { return };
    match status.phase() {
        Phase::Over => return,
        Phase::Coming | Phase::InForce | Phase::Suspended => {}
    }
    proposals.touches.begin();
    committee::lead(proposals, unit);
    for (id, file) in &unit.committees {
        committee::propose(proposals, *id, file);
    }
    decided::propose(proposals, unit, &status);
    agreement::propose(proposals, unit);
    promise::propose(proposals, unit);
    outcome::propose(proposals, unit);
    match &status {
        Status::Agreed | Status::UnderReview { .. } | Status::Reawakening { .. } => {
            anniversary::propose(proposals, unit);
            vitality::propose(proposals, unit, &status);
        }
        Status::Enquiry
        | Status::Assessing
        | Status::Exploring
        | Status::Suspended(_)
        | Status::Declined { .. }
        | Status::Concluded { .. }
        | Status::Historical { .. } => {}
    }
}

/// All that the rules propose for a committee that sees to no one partnership.
pub(super) fn propose_of_committee(proposals: &mut Proposals<'_>, id: CommitteeId, file: &CommitteeFile) {
    committee::propose(proposals, id, file);
}
