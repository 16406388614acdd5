//! What follows from decisions about a partnership: requests to answer, reviews to close, suspensions to look at.

use chrono::NaiveDate;

use super::super::item::DueKind;
use super::super::policy::Span;
use super::super::reckon::{PartnershipUnit, Proposal, Proposals, in_words};
use crate::partnership::{Status, StatusKind, Suspension};
use crate::value::PartialDate;

/// Proposes what the status asks for.
pub(super) fn propose(proposals: &mut Proposals<'_>, unit: &PartnershipUnit<'_>, status: &Status) {
    match status {
        Status::Enquiry | Status::Assessing => request(proposals, unit, status.kind()),
        Status::UnderReview { deadline } => review(proposals, unit, *deadline),
        Status::Reawakening { since, .. } => reawakening(proposals, unit, *since),
        Status::Suspended(suspension) => suspended(proposals, unit, suspension),
        Status::Exploring
        | Status::Agreed
        | Status::Declined { .. }
        | Status::Concluded { .. }
        | Status::Historical { .. } => {}
    }
}

/// A request without date cannot be late; nothing is proposed for it.
fn request(proposals: &mut Proposals<'_>, unit: &PartnershipUnit<'_>, status: StatusKind) {
    let steps = unit.partnership.steps();
    let run = steps.iter().rev().take_while(|step| step.status.kind() == status);
    let Some(since) = run.last().and_then(|step| step.on) else { return };
    let kind = DueKind::RequestUnanswered;
    let called = &unit.called;
    let (reason, what_to_do) = if status == StatusKind::Enquiry {
        (
            format!("{called} asked on {} and nobody has taken it up.", since.in_words()),
            "Answer the request: take it up, or decline it with a reason.",
        )
    } else {
        (
            format!("The request of {called} has been weighed since {}.", since.in_words()),
            "Decide: get to know each other, agree, or decline with a reason.",
        )
    };
    proposals.propose(Proposal {
        kind,
        subject: unit.partnership.id().into(),
        due_on: proposals.policy().rule(kind).allowed.after(since.latest()),
        until: None,
        owner: None,
        reason,
        what_to_do: what_to_do.to_owned(),
    });
}

fn review(proposals: &mut Proposals<'_>, unit: &PartnershipUnit<'_>, deadline: NaiveDate) {
    let reason =
        format!("The partnership with {} is under review until {}.", unit.called, in_words(deadline));
    proposals.propose(Proposal {
        kind: DueKind::ReviewDeadline,
        subject: unit.partnership.id().into(),
        due_on: deadline,
        until: None,
        owner: None,
        reason,
        what_to_do: "Decide: keep it, reawaken it with a plan, or end it.".to_owned(),
    });
}

fn reawakening(proposals: &mut Proposals<'_>, unit: &PartnershipUnit<'_>, since: Option<PartialDate>) {
    let Some(since) = since else { return };
    let kind = DueKind::ReawakeningResult;
    let due_on = proposals.policy().rule(kind).allowed.after(since.latest());
    let reason = format!(
        "The plan to reawaken the partnership with {} was taken up on {}; a first result is due.",
        unit.called,
        since.in_words()
    );
    proposals.propose(Proposal {
        kind,
        subject: unit.partnership.id().into(),
        due_on,
        until: None,
        owner: None,
        reason,
        what_to_do: "Say what came of the plan: call it reawakened, or review it.".to_owned(),
    });
}

/// The condition is looked at every so often; a check that was left out gives way to the next (R13).
fn suspended(proposals: &mut Proposals<'_>, unit: &PartnershipUnit<'_>, suspension: &Suspension) {
    let kind = DueKind::SuspensionCheck;
    let called = &unit.called;
    let since = suspension.on.in_words();
    let (reason, what_to_do) = match &suspension.condition {
        Some(condition) => (
            format!(
                "{called} has been suspended since {since}, until: {}.",
                condition.as_str().trim_end_matches('.')
            ),
            "Look whether the condition is met: resume, or leave it and say so.",
        ),
        None => (
            format!("{called} has been suspended since {since}; no condition for resuming is on record."),
            "Find the condition that was stated, or decide whether to resume.",
        ),
    };
    every(proposals, suspension.on.latest(), |due_on, until| Proposal {
        kind,
        subject: unit.partnership.id().into(),
        due_on,
        until,
        owner: None,
        reason: reason.clone(),
        what_to_do: what_to_do.to_owned(),
    });
}

/// Proposes the checks of a series around the day: the one that is listed now, up to the day on which the next is, and the next.
pub(super) fn every(
    proposals: &mut Proposals<'_>,
    first: NaiveDate,
    proposal: impl Fn(NaiveDate, Option<NaiveDate>) -> Proposal,
) {
    let rule = proposals.policy().rule(proposal(first, None).kind);
    if rule.allowed.is_zero() {
        return;
    }
    let day_of = |times: u32| rule.allowed.times_after(times, first);
    let listed_from = |times: u32| rule.lead.before(day_of(times));
    let last_listed = last_before(rule.allowed, first, |times| listed_from(times) <= proposals.day);
    for times in [last_listed, last_listed.saturating_add(1)] {
        let until = listed_from(times.saturating_add(1)).pred_opt();
        proposals.propose(proposal(day_of(times), until));
    }
}

/// The greatest number of times, at least once, for which it holds; it holds for no greater one than for which it does not.
fn last_before(every: Span, first: NaiveDate, holds: impl Fn(u32) -> bool) -> u32 {
    let mut step = 1_u32;
    while holds(step.saturating_mul(2)) && every.times_after(step.saturating_mul(2), first) < NaiveDate::MAX {
        step = step.saturating_mul(2);
    }
    let (mut yes, mut no) = (step, step.saturating_mul(2));
    while no - yes > 1 {
        let middle = yes + (no - yes) / 2;
        if holds(middle) {
            yes = middle;
        } else {
            no = middle;
        }
    }
    yes
}
