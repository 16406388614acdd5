//! What follows from agreements: the day by which to decide about one that ends, and versions that wait for somebody (R9, R11, R12).

use chrono::{Months, NaiveDate};

use super::super::item::DueKind;
use super::super::reckon::{PartnershipUnit, Proposal, Proposals, in_words};
use crate::agreement::{Agreement, EndCause, Stage};

/// So long after its end an agreement that nobody decided about stays listed (months).
const MONTHS_AFTER_THE_END: u32 = 12;

/// Proposes what is to be decided about the agreements of a partnership.
pub(super) fn propose(proposals: &mut Proposals<'_>, unit: &PartnershipUnit<'_>) {
    let file = unit.file;
    for agreement in file.agreements.values() {
        if !is_followed(agreement, file.agreements.values()) {
            ending(proposals, unit, agreement);
        }
        pending(proposals, agreement);
    }
}

/// Whether another agreement took its place: signed for the same, begun later, and lasting longer.
fn is_followed<'a>(agreement: &Agreement, all: impl IntoIterator<Item = &'a Agreement>) -> bool {
    let begun = |one: &Agreement| one.in_force_from().map(|from| from.sort_key());
    let ends = |one: &Agreement| one.effective_end().map_or(NaiveDate::MAX, |end| end.latest);
    all.into_iter().any(|other| {
        other.parent() == agreement.parent()
            && other.parties() == agreement.parties()
            && begun(other).is_some()
            && begun(other) > begun(agreement)
            && ends(other) > ends(agreement)
    })
}

fn ending(proposals: &mut Proposals<'_>, unit: &PartnershipUnit<'_>, agreement: &Agreement) {
    let is_signed = agreement.versions().iter().any(|version| version.is_fully_signed(agreement.parties()));
    let Some(end) = agreement.effective_end().filter(|_| is_signed) else { return };
    match end.because {
        EndCause::TermRunsOut => {}
        // Who gave notice has decided.
        EndCause::NoticeGiven | EndCause::MutualConsent => return,
    }
    let kind = DueKind::AgreementEnding;
    let notice = agreement.terms().notice.map(|stated| u32::from(stated.value));
    let due_on = match notice {
        Some(months) => end.earliest.checked_sub_months(Months::new(months)).unwrap_or(end.earliest),
        None => proposals.policy().rule(kind).allowed.before(end.earliest),
    };
    let (title, called) = (agreement.title().as_str(), &unit.called);
    let by_notice = notice.map_or_else(String::new, |months| {
        format!(", with {months} month{} of notice", if months == 1 { "" } else { "s" })
    });
    let reason = format!("\"{title}\" with {called} ends on {}{by_notice}.", in_words(end.latest));
    proposals.propose(Proposal {
        kind,
        subject: agreement.id().into(),
        due_on,
        until: end.latest.checked_add_months(Months::new(MONTHS_AFTER_THE_END)),
        owner: None,
        reason,
        what_to_do: "Decide with the other side: renew it, amend it, or let it end.".to_owned(),
    });
}

/// A version that was put to the sides on a known day and is not signed by all.
fn pending(proposals: &mut Proposals<'_>, agreement: &Agreement) {
    let kind = DueKind::AgreementPending;
    for version in agreement.versions() {
        let Stage::Proposed { on: Some(on) } = version.stage() else { continue };
        let unsigned = version.unsigned(agreement.parties());
        if unsigned.is_empty() {
            continue;
        }
        let unapproved = version.unapproved(agreement.parties());
        let (lacking, from) =
            if unapproved.is_empty() { ("signature", unsigned) } else { ("approval", unapproved) };
        let from: Vec<String> = from.into_iter().map(|place| proposals.state.name_of(place)).collect();
        let reason = format!(
            "\"{}\" has been on the table since {} and lacks the {lacking} of {}.",
            agreement.title().as_str(),
            on.in_words(),
            from.join(" and ")
        );
        proposals.propose(Proposal {
            kind,
            subject: agreement.id().into(),
            due_on: proposals.policy().rule(kind).allowed.after(on.latest()),
            until: None,
            owner: None,
            reason,
            what_to_do: format!("Get the {lacking}, or withdraw the version."),
        });
    }
}
