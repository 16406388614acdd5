//! What the reasons of a candidate mean for a line: whether it is taken without asking, what is remarked, what is kept.

use sister_cities_gazetteer::{BesideFit, Candidate, CountryReason, Reason};

use crate::import::report::Findings;

/// The reasons for which a winner is not taken without asking.
pub(crate) fn doubts(candidate: &Candidate) -> Vec<&Reason> {
    candidate
        .reasons
        .iter()
        .filter(|reason| match reason {
            Reason::CountryFromLabel { read, .. } => read.reason == CountryReason::OneEdit,
            Reason::OfficialName
            | Reason::Folded
            | Reason::AlternateName
            | Reason::ReadAs(_)
            | Reason::TransliteratedName(_)
            | Reason::InTerritoryOf(_)
            | Reason::AdminMatches(_)
            | Reason::HintMatches(_)
            | Reason::MostPopulous { .. }
            | Reason::OnlyOne
            | Reason::BiggerHomonym(_) => false,
            Reason::Beside { fit, .. } => *fit == BesideFit::Nothing,
            // Off by a letter, another name or region, only a code; and any reason this version does not know.
            Reason::OneEdit { .. } | Reason::NameDiffers | Reason::AdminDiffers(_) | Reason::Code | _ => true,
        })
        .collect()
}

/// Reports how a place was found where the reader of the report could be surprised.
pub(super) fn remark_on(candidate: &Candidate, findings: &mut Findings) {
    for reason in &candidate.reasons {
        let worth_saying = matches!(
            reason,
            Reason::ReadAs(_)
                | Reason::TransliteratedName(_)
                | Reason::InTerritoryOf(_)
                | Reason::BiggerHomonym(_)
                | Reason::Beside { .. }
        );
        if worth_saying {
            findings.remark(format!("{}: {reason}", candidate.place.name));
        }
    }
}

/// What stood beside the name and does not fit the place that was chosen stays as a note.
pub(super) fn keep_words(candidate: &Candidate, findings: &mut Findings) {
    for reason in &candidate.reasons {
        if let Reason::Beside { words, fit: BesideFit::Nothing } = reason {
            findings.keep(format!("beside the name the list says {words:?}"));
        }
    }
}
