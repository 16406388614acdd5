//! What must hold of every agreement that is read from storage.

use super::Agreement;
use super::version::{Stage, Version};
use crate::id::{AgreementId, PlaceId};

/// A stored agreement that contradicts itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stored agreement {agreement} contradicts itself: {fault}")]
pub struct InvalidAgreement {
    /// The agreement as it was stored.
    pub agreement: AgreementId,
    /// In what it contradicts itself.
    pub fault: AgreementFault,
}

/// How a stored agreement contradicts itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AgreementFault {
    /// It hangs under itself.
    #[error("it hangs under itself")]
    OwnParent,
    /// It has no version.
    #[error("it has no version")]
    NoVersion,
    /// The numbers of its versions do not rise.
    #[error("version {version} stands after one with the same or a higher number")]
    Numbering {
        /// The number of the version.
        version: u32,
    },
    /// A version builds on one that is not there, or not fully signed.
    #[error("version {version} builds on one that is not there or not fully signed")]
    Base {
        /// The number of the version that builds on the other.
        version: u32,
    },
    /// A place that is no party approved, signed or gave notice.
    #[error("the place {place} is not one of its parties")]
    NotAParty {
        /// The place that is none of the parties.
        place: PlaceId,
    },
    /// One side approved or signed twice.
    #[error("version {version} is approved or signed twice by {place}")]
    Repeated {
        /// The number of the version.
        version: u32,
        /// The party that stands there twice.
        place: PlaceId,
    },
    /// A version was signed that is not proposed and approved by every side.
    #[error("version {version} is signed although it is not approved by every side")]
    SignedUnapproved {
        /// The number of the version.
        version: u32,
    },
    /// Notice was given although nothing was signed.
    #[error("notice was given although no version is fully signed")]
    NoticeOfNothing,
}

impl Agreement {
    /// Checks everything that must hold.
    pub(super) fn check(&self) -> Result<(), AgreementFault> {
        if self.parent == Some(self.id) {
            return Err(AgreementFault::OwnParent);
        }
        let mut last: Option<&Version> = None;
        for version in &self.versions {
            if last.is_some_and(|last| last.number >= version.number) {
                return Err(AgreementFault::Numbering { version: version.number });
            }
            self.check_version(version)?;
            last = Some(version);
        }
        if last.is_none() {
            return Err(AgreementFault::NoVersion);
        }
        if let Some(notice) = &self.notice {
            self.check_places(notice.by.iter().copied())?;
            if notice.by.is_empty() || self.first_signed().is_none() {
                return Err(AgreementFault::NoticeOfNothing);
            }
        }
        Ok(())
    }

    fn check_version(&self, version: &Version) -> Result<(), AgreementFault> {
        let number = version.number;
        if let Some(of) = version.base.of() {
            let signed = self.version(of).is_some_and(|base| base.is_fully_signed(&self.parties));
            if of >= number || !signed {
                return Err(AgreementFault::Base { version: number });
            }
        }
        let approved: Vec<PlaceId> = version.approvals.iter().map(|approval| approval.by).collect();
        let signed: Vec<PlaceId> = version.signatures.iter().map(|signature| signature.by).collect();
        for places in [&approved, &signed] {
            self.check_places(places.iter().copied())?;
            if let Some(place) = repeated(places) {
                return Err(AgreementFault::Repeated { version: number, place });
            }
        }
        let proposed = matches!(version.stage, Stage::Proposed { .. });
        let ready = proposed && version.unapproved(&self.parties).is_empty();
        if !signed.is_empty() && !ready {
            return Err(AgreementFault::SignedUnapproved { version: number });
        }
        Ok(())
    }

    fn check_places(&self, places: impl IntoIterator<Item = PlaceId>) -> Result<(), AgreementFault> {
        match places.into_iter().find(|place| !self.parties.contains(*place)) {
            Some(place) => Err(AgreementFault::NotAParty { place }),
            None => Ok(()),
        }
    }
}

fn repeated(places: &[PlaceId]) -> Option<PlaceId> {
    places.iter().enumerate().find(|(index, place)| places[..*index].contains(place)).map(|(_, place)| *place)
}
