//! Versions of an agreement: what was drafted, approved and signed. A signed one is never changed (R10).

use serde::{Deserialize, Serialize};

use super::signature::{Approval, Signature};
use super::term::Terms;
use crate::id::PlaceId;
use crate::named_enum;
use crate::partnership::Members;
use crate::value::{ContentHash, FreeText, PartialDate};

/// The text of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "text", rename_all = "snake_case")]
#[non_exhaustive]
pub enum VersionText {
    /// The text with this hash.
    Hashed {
        /// The SHA-256 of the text, letter by letter as it was put to the sides.
        hash: ContentHash,
    },
    /// There is a signed text, but it is not at hand.
    NotAtHand,
}

/// On which version another one builds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "base", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Base {
    /// None: it is the first.
    First,
    /// It changes what it states and leaves the rest.
    Amends {
        /// The number of the version it amends.
        of: u32,
    },
    /// It takes the other's place as a whole.
    Supersedes {
        /// The number of the version it supersedes.
        of: u32,
    },
}

/// How far a version has come. Approvals and signatures are counted, not stored as a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Stage {
    /// Its text may still change.
    Draft,
    /// Its text is fixed and put to the sides.
    Proposed {
        /// The day of it; `None` if nobody knows.
        #[serde(default, rename = "proposed_on", skip_serializing_if = "Option::is_none")]
        on: Option<PartialDate>,
    },
    /// It was given up before anybody approved it; its number is not used again (R20).
    Withdrawn {
        /// The day of it; `None` if nobody knows.
        #[serde(default, rename = "withdrawn_on", skip_serializing_if = "Option::is_none")]
        on: Option<PartialDate>,
        /// Why it was given up, if that was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<FreeText>,
    },
}

/// A version of an agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    pub(super) number: u32,
    #[serde(flatten)]
    pub(super) base: Base,
    #[serde(flatten)]
    pub(super) text: VersionText,
    #[serde(default)]
    pub(super) terms: Terms,
    #[serde(flatten)]
    pub(super) stage: Stage,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) approvals: Vec<Approval>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) signatures: Vec<Signature>,
}

/// Where a version stands, seen from one of the sides.
///
/// Draft → Proposed → `ApprovedByUs` / `ApprovedByThem` → `MutuallyApproved` → `PartlySigned` → Signed → `InForce` →
/// { Amended | Superseded | Expired | `NoticeGiven` → Ended }; Draft and Proposed → Withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
#[non_exhaustive]
pub enum VersionState {
    /// Its text may still change.
    Draft,
    /// Its text is fixed; nobody has approved it yet.
    Proposed,
    /// Our side has approved it, not every other has.
    ApprovedByUs,
    /// Another side has approved it, ours has not.
    ApprovedByThem,
    /// Every side has approved it; nobody has signed.
    MutuallyApproved,
    /// Some have signed, not all.
    PartlySigned,
    /// All have signed; its day has not come yet.
    Signed,
    /// It is in force.
    InForce,
    /// It was amended; what the amendment does not state still holds.
    Amended {
        /// The number of the amendment.
        by: u32,
    },
    /// Another version took its place.
    Superseded {
        /// The number of that version.
        by: u32,
    },
    /// Its fixed term ran out. That is not a termination (R11).
    Expired,
    /// Notice was given; it is in force until its effective end.
    NoticeGiven,
    /// It was ended by notice or by consent.
    Ended,
    /// It was given up before anybody approved it.
    Withdrawn,
}

named_enum! {
    /// A [`VersionState`] without its facts.
    #[non_exhaustive]
    pub enum VersionStateKind ("a state of a version") of VersionState {
        Draft = "draft",
        Proposed = "proposed",
        ApprovedByUs = "approved_by_us",
        ApprovedByThem = "approved_by_them",
        MutuallyApproved = "mutually_approved",
        PartlySigned = "partly_signed",
        Signed = "signed",
        InForce = "in_force",
        Amended = "amended",
        Superseded = "superseded",
        Expired = "expired",
        NoticeGiven = "notice_given",
        Ended = "ended",
        Withdrawn = "withdrawn",
    }
}

named_enum! {
    /// A [`Base`] without the number of the version.
    #[non_exhaustive]
    pub enum BaseKind ("a base") of Base { First = "first", Amends = "amends", Supersedes = "supersedes" }
}

impl Base {
    /// The number of the version it builds on; `None` for a first one.
    #[must_use]
    pub fn of(self) -> Option<u32> {
        match self {
            Self::First => None,
            Self::Amends { of } | Self::Supersedes { of } => Some(of),
        }
    }
}

impl Version {
    pub(super) fn draft(number: u32, base: Base, text: VersionText, terms: Terms) -> Self {
        let (approvals, signatures) = (Vec::new(), Vec::new());
        Self { number, base, text, terms, stage: Stage::Draft, approvals, signatures }
    }

    /// Its number, from 1; never used twice within an agreement.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// On which version it builds.
    #[must_use]
    pub fn base(&self) -> Base {
        self.base
    }

    /// Its text by its hash, or that there is one which is not at hand.
    #[must_use]
    pub fn text(&self) -> &VersionText {
        &self.text
    }

    /// The terms it states.
    #[must_use]
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// How far it has come, approvals and signatures aside.
    #[must_use]
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The approvals, in the order in which they came.
    #[must_use]
    pub fn approvals(&self) -> &[Approval] {
        &self.approvals
    }

    /// The signatures, in the order in which they came.
    #[must_use]
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// The sides whose approval, or the decision to do without, is not on record.
    #[must_use]
    pub fn unapproved(&self, parties: &Members) -> Vec<PlaceId> {
        parties.iter().filter(|party| self.approvals.iter().all(|approval| approval.by != *party)).collect()
    }

    /// The sides that have not signed.
    #[must_use]
    pub fn unsigned(&self, parties: &Members) -> Vec<PlaceId> {
        parties
            .iter()
            .filter(|party| self.signatures.iter().all(|signature| signature.by != *party))
            .collect()
    }

    /// Whether every side has signed.
    #[must_use]
    pub fn is_fully_signed(&self, parties: &Members) -> bool {
        self.unsigned(parties).is_empty()
    }

    /// The earliest of its signatures' dates, as far as known.
    #[must_use]
    pub fn first_signed_on(&self) -> Option<PartialDate> {
        self.signatures
            .iter()
            .filter_map(|signature| signature.on)
            .min_by_key(|on| (on.earliest(), on.latest()))
    }

    /// The latest of its signatures' dates; `None` as long as one side's signature or its date is missing.
    #[must_use]
    pub fn last_signed_on(&self, parties: &Members) -> Option<PartialDate> {
        if !self.is_fully_signed(parties) {
            return None;
        }
        let dates: Option<Vec<PartialDate>> = self.signatures.iter().map(|signature| signature.on).collect();
        dates?.into_iter().max_by_key(|on| (on.latest(), on.earliest()))
    }

    /// From when it is in force: the day it names, else its last signature (R8).
    ///
    /// `None` as long as it is not fully signed, or if nobody knows.
    #[must_use]
    pub fn in_force_from(&self, parties: &Members) -> Option<PartialDate> {
        if !self.is_fully_signed(parties) {
            return None;
        }
        self.terms.in_force_from.or_else(|| self.last_signed_on(parties))
    }
}
