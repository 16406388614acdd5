//! The rules by which something is due, one file per concern.

mod agreement;
mod anniversary;
mod decided;
mod vitality;

use super::reckon::Proposals;
use crate::partnership::{Phase, Status};

/// All that the rules propose for a partnership. Nothing is due of one that is over.
pub(super) fn propose(proposals: &mut Proposals<'_>) {
    for turn in proposals.partnership.turning_days() {
        proposals.turns_on(turn);
    }
    let status = proposals.partnership.status_on(proposals.day);
    // Where the dates leave open what it is, the last that it may be: what was decided this year is not asked for again.
    let Some(status) = status.candidates().last().cloned().flatten() else { return };
    match status.phase() {
        Phase::Over => return,
        Phase::Coming | Phase::InForce | Phase::Suspended => {}
    }
    proposals.touches.begin();
    decided::propose(proposals, &status);
    agreement::propose(proposals);
    match &status {
        Status::Agreed | Status::UnderReview { .. } | Status::Reawakening { .. } => {
            anniversary::propose(proposals);
            vitality::propose(proposals, &status);
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
