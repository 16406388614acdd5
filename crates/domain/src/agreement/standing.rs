//! Where an agreement stands on a day: computed from signatures, terms and notice, and honest about partly known dates.

use chrono::NaiveDate;

use super::signature::{MissingPiece, Recognition};
use super::term::{AgreementEnd, CurrentTerms, EndCause};
use super::version::{Base, Stage, Version, VersionState};
use super::{Agreement, DisplayYear};
use crate::id::PlaceId;
use crate::value::{Certainty, PartialDate};

impl Agreement {
    /// From when it is in force: the day that its first version names, else the last signature under it (R8).
    ///
    /// `None` as long as it is not fully signed, or if nobody knows.
    #[must_use]
    pub fn in_force_from(&self) -> Option<PartialDate> {
        self.first_signed().and_then(|version| version.in_force_from(&self.parties))
    }

    /// When the last side signed the first version that all signed; `None` if that is not known.
    #[must_use]
    pub fn signed_on(&self) -> Option<PartialDate> {
        self.first_signed().and_then(|version| version.last_signed_on(&self.parties))
    }

    /// The year that is shown for it, by explicit choice (R8); `None` if it is not known.
    #[must_use]
    pub fn display_year(&self) -> Option<i32> {
        match &self.display_year {
            DisplayYear::LastSignature => self.signed_on().map(|on| on.year()),
            DisplayYear::FirstSignature => self
                .first_signed()
                .or_else(|| self.versions.first())
                .and_then(Version::first_signed_on)
                .map(|on| on.year()),
            DisplayYear::Chosen { year, .. } => Some(*year),
        }
    }

    /// How the year that is shown was chosen.
    #[must_use]
    pub fn display_year_choice(&self) -> &DisplayYear {
        &self.display_year
    }

    /// Whether the highest official of every party signed its first version (R7), and what is missing if not.
    #[must_use]
    pub fn recognition(&self) -> Recognition {
        let version = self.first_signed().or_else(|| self.versions.first());
        let missing: Vec<MissingPiece> = self
            .parties
            .iter()
            .filter_map(|party| {
                let signature = version
                    .and_then(|version| version.signatures.iter().find(|signature| signature.by == party));
                match signature {
                    None => Some(MissingPiece::Signature { of: party }),
                    Some(signature) => signature.missing(),
                }
            })
            .collect();
        if missing.is_empty() { Recognition::Recognised } else { Recognition::NotRecognised { missing } }
    }

    /// The terms after all fully signed versions, each with the version it comes from.
    #[must_use]
    pub fn terms(&self) -> CurrentTerms {
        self.consolidated(|_| Certainty::Yes)
    }

    /// The terms in force on a day, each with the version it comes from.
    ///
    /// A version that may or may not have been in force by then is left out and listed as undecided.
    #[must_use]
    pub fn terms_on(&self, day: NaiveDate) -> CurrentTerms {
        self.consolidated(|version| self.begun_by(version, day))
    }

    /// Its last day, if it has one: by its term or by notice, whichever comes first (R11, R12).
    #[must_use]
    pub fn effective_end(&self) -> Option<AgreementEnd> {
        self.terms().end(self.notice.as_ref(), self.parties.as_slice().len())
    }

    /// Whether some version of it is in force on a day.
    #[must_use]
    pub fn in_force_on(&self, day: NaiveDate) -> Certainty {
        let Some(first) = self.first_signed() else { return Certainty::No };
        let over = self.effective_end().map_or(Certainty::No, |end| over_by(&end, day));
        self.begun_by(first, day).and(over.negate())
    }

    /// All states in which a version may be on a day, in the order of its life; one if the known dates decide it, none
    /// if there is no such version. `us` is the side from which `ApprovedByUs` and `ApprovedByThem` are seen.
    ///
    /// Until it is fully signed the answer is today's, as steps before that carry no weight in a count.
    #[must_use]
    pub fn state_on(&self, number: u32, day: NaiveDate, us: PlaceId) -> Vec<VersionState> {
        let Some(version) = self.version(number) else { return Vec::new() };
        let progress = self.progress(version, us);
        if progress != VersionState::Signed {
            return vec![progress];
        }
        let begun = self.begun_by(version, day);
        let mut states = Vec::new();
        if !begun.is_certain() {
            states.push(VersionState::Signed);
        }
        if begun.is_possible() {
            self.states_once_begun(version, day, &mut states);
        }
        states
    }

    /// How far a version has come, regardless of the day: up to `Signed`, or `Withdrawn`.
    pub(super) fn progress(&self, version: &Version, us: PlaceId) -> VersionState {
        match version.stage {
            Stage::Draft => return VersionState::Draft,
            Stage::Withdrawn { .. } => return VersionState::Withdrawn,
            Stage::Proposed { .. } => {}
        }
        let unsigned = version.unsigned(&self.parties).len();
        if unsigned == 0 {
            VersionState::Signed
        } else if unsigned < self.parties.as_slice().len() {
            VersionState::PartlySigned
        } else if version.unapproved(&self.parties).is_empty() {
            VersionState::MutuallyApproved
        } else if version.approvals.is_empty() {
            VersionState::Proposed
        } else if version.approvals.iter().any(|approval| approval.by == us) {
            VersionState::ApprovedByUs
        } else {
            VersionState::ApprovedByThem
        }
    }

    /// The fully signed version that takes the place of another, if there is one.
    pub(super) fn successor(&self, number: u32) -> Option<&Version> {
        self.versions
            .iter()
            .find(|version| version.base.of() == Some(number) && version.is_fully_signed(&self.parties))
    }

    /// The first version that all sides signed.
    pub(super) fn first_signed(&self) -> Option<&Version> {
        self.versions.iter().find(|version| version.is_fully_signed(&self.parties))
    }

    fn begun_by(&self, version: &Version, day: NaiveDate) -> Certainty {
        version.in_force_from(&self.parties).map_or(Certainty::Possibly, |from| from.is_on_or_before(day))
    }

    fn states_once_begun(&self, version: &Version, day: NaiveDate, states: &mut Vec<VersionState>) {
        let mut later = Vec::new();
        if let Some(successor) = self.successor(version.number) {
            let replaced = self.begun_by(successor, day);
            if replaced.is_possible() {
                let by = successor.number;
                later.push(match successor.base {
                    Base::First | Base::Amends { .. } => VersionState::Amended { by },
                    Base::Supersedes { .. } => VersionState::Superseded { by },
                });
            }
            if replaced.is_certain() {
                states.append(&mut later);
                return;
            }
        }
        if let Some(end) = self.effective_end() {
            let over = over_by(&end, day);
            if over.is_possible() {
                later.push(match end.because {
                    EndCause::TermRunsOut => VersionState::Expired,
                    EndCause::NoticeGiven | EndCause::MutualConsent => VersionState::Ended,
                });
            }
            if over.is_certain() {
                states.append(&mut later);
                return;
            }
        }
        let noticed = self.notice.as_ref().map_or(Certainty::No, |notice| notice.on.is_on_or_before(day));
        if !noticed.is_certain() {
            states.push(VersionState::InForce);
        }
        if noticed.is_possible() {
            states.push(VersionState::NoticeGiven);
        }
        states.append(&mut later);
    }

    fn consolidated(&self, in_force: impl Fn(&Version) -> Certainty) -> CurrentTerms {
        let mut terms = CurrentTerms::unstated();
        for version in self.versions.iter().filter(|version| version.is_fully_signed(&self.parties)) {
            match (in_force(version), version.base) {
                (Certainty::Yes, Base::Supersedes { .. }) => {
                    let undecided = std::mem::take(&mut terms.undecided);
                    terms = CurrentTerms { undecided, ..CurrentTerms::unstated() }
                        .amended(version.number, &version.terms);
                }
                (Certainty::Yes, Base::First | Base::Amends { .. }) => {
                    terms = terms.amended(version.number, &version.terms);
                }
                (Certainty::Possibly, _) => terms.undecided.push(version.number),
                (Certainty::No, _) => {}
            }
        }
        terms
    }
}

/// Whether the last day lies before that day.
fn over_by(end: &AgreementEnd, day: NaiveDate) -> Certainty {
    if end.latest < day {
        Certainty::Yes
    } else if end.earliest >= day {
        Certainty::No
    } else {
        Certainty::Possibly
    }
}
