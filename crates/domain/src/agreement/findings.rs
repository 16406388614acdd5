//! What several agreements say together: whether they meet what a kind demands (R2), and which go on when another ends.

use chrono::{Datelike, NaiveDate};

use super::Agreement;
use super::term::Term;
use crate::id::AgreementId;
use crate::programme::{KindDefinition, OpenEnd, Requirement};
use crate::value::Certainty;

/// Where a partnership's agreements do not meet what its kind demands (R2). A finding for a person, never a refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KindFinding {
    /// The kind needs a signed agreement, and none is fully signed.
    NoSignedAgreement,
    /// The kind has a term, and this agreement has none.
    OpenEnded {
        /// The agreement that was looked at.
        agreement: AgreementId,
    },
    /// The agreement lasts longer than the kind allows, even at the shortest reading of its dates.
    TermTooLong {
        /// The agreement that was looked at.
        agreement: AgreementId,
        /// How many whole months it lasts at least.
        months: u32,
        /// How many the kind allows.
        most: u32,
    },
}

/// An agreement under another one that goes on on the day asked about (R12, R15).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunningSubAgreement<'a> {
    /// The sub-agreement that is, or may be, in force on that day.
    pub agreement: &'a Agreement,
    /// How surely it is in force then.
    pub certainty: Certainty,
}

/// Holds a partnership's agreements against what its kind demands. Sub-agreements have terms of their own and are not regarded.
#[must_use]
pub fn kind_findings(kind: &KindDefinition, agreements: &[&Agreement]) -> Vec<KindFinding> {
    let signed: Vec<&Agreement> = agreements
        .iter()
        .copied()
        .filter(|agreement| agreement.parent().is_none() && agreement.first_signed().is_some())
        .collect();
    let mut findings = Vec::new();
    if kind.needs_signed_agreement == Requirement::Required && signed.is_empty() {
        findings.push(KindFinding::NoSignedAgreement);
    }
    for agreement in signed {
        match (agreement.terms().term.value, kind.max_term_months) {
            (Term::OpenEnded, _) if kind.open_ended == OpenEnd::NotAllowed => {
                findings.push(KindFinding::OpenEnded { agreement: agreement.id() });
            }
            (Term::Fixed { ends_on }, Some(most)) => {
                let begins = agreement.in_force_from().map(|from| from.latest());
                let months = begins.map_or(0, |begins| whole_months(begins, ends_on.earliest()));
                if months > most {
                    findings.push(KindFinding::TermTooLong { agreement: agreement.id(), months, most });
                }
            }
            (Term::OpenEnded, _) | (Term::Fixed { .. }, None) => {}
        }
    }
    findings
}

/// The agreements that hang under one and are, or may be, in force on a day.
///
/// To be shown before the one above them is ended: they go on by default, as each has its own parties and terms (R12).
#[must_use]
pub fn running_under<'a>(
    parent: AgreementId,
    agreements: impl IntoIterator<Item = &'a Agreement>,
    day: NaiveDate,
) -> Vec<RunningSubAgreement<'a>> {
    agreements
        .into_iter()
        .filter(|agreement| agreement.parent() == Some(parent))
        .map(|agreement| RunningSubAgreement { agreement, certainty: agreement.in_force_on(day) })
        .filter(|running| running.certainty.is_possible())
        .collect()
}

/// Whole months from one day to another; 0 if the second is not later.
fn whole_months(from: NaiveDate, to: NaiveDate) -> u32 {
    let months = (to.year() - from.year()) * 12 + to.month0().cast_signed() - from.month0().cast_signed();
    let complete = if to.day() < from.day() { months - 1 } else { months };
    u32::try_from(complete).unwrap_or(0)
}
