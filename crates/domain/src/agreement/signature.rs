//! Approval and signature per side: who, in which office, when and where (R7–R9).

use serde::{Deserialize, Serialize};

use crate::id::{PersonId, PlaceId};
use crate::named_enum;
use crate::value::{FreeText, Name, PartialDate, Source};

/// That one side approved a version, or why it could be signed without.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The party for which it was given.
    pub by: PlaceId,
    /// On what the approval rests.
    #[serde(flatten)]
    pub basis: ApprovalBasis,
    /// When it was given; `None` if nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// On what an approval rests (R9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "basis", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ApprovalBasis {
    /// A council resolution, a ratification, a national concurrence.
    Resolved {
        /// The body that resolved it: a city council, a ministry.
        body: Name,
        /// The number or title of the resolution.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<Name>,
    },
    /// None was given; somebody decided to go on without.
    Overridden {
        /// Why it could not wait for an approval.
        reason: FreeText,
        /// Who answers for going on without it.
        authority: Name,
    },
    /// The agreement was entered as one signed long ago; its approval is not at hand.
    NotAtHand,
}

named_enum! {
    /// An [`ApprovalBasis`] without its facts.
    #[non_exhaustive]
    pub enum ApprovalBasisKind ("a basis") of ApprovalBasis {
        Resolved = "resolved",
        Overridden = "overridden",
        NotAtHand = "not_at_hand",
    }
}

/// One side's signature. It is never changed and never repeated (R10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The party for which it was given.
    pub by: PlaceId,
    /// Who signed, as the name stood in the document; `None` if nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Name>,
    /// Their record, if the programme keeps one of them. The name stays as it stood, whatever becomes of the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatory: Option<PersonId>,
    /// The office that person held on that day (R7); `None` if nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<Office>,
    /// When; the sides may sign on different days (R8).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// Where; the sides may sign in different places (R8).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Name>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// An office, as it was on the day of signing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// Its title: "Chief Minister of Delhi".
    pub title: Name,
    /// Its rank in that community.
    pub rank: OfficeRank,
}

named_enum! {
    /// The rank of an office in its community, as far as recognition asks for it (R7).
    #[non_exhaustive]
    pub enum OfficeRank ("a rank") {
        /// The highest elected official.
        HighestElected = "highest_elected",
        /// The highest appointed official of a community that elects none.
        HighestAppointed = "highest_appointed",
        /// Any other, a deputy among them.
        Other = "other",
    }
}

/// Whether a link is recognised: only when the highest official of every community signed (R7).
///
/// Recognition is not validity: a link that a national body does not recognise is none the less a link (R16b).
///
/// Source: Sister Cities International, Partnership Agreement Toolkit, 2021.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a link is recognised or it is not")]
pub enum Recognition {
    /// The highest official of every party has signed.
    Recognised,
    /// A signature, an office or a rank is missing.
    NotRecognised {
        /// What, side by side in the order of the parties.
        missing: Vec<MissingPiece>,
    },
}

/// What a recognition lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "missing", rename_all = "snake_case")]
#[non_exhaustive]
pub enum MissingPiece {
    /// That side has not signed.
    Signature {
        /// The party whose signature it is, or would be.
        of: PlaceId,
    },
    /// It is not known in which office that side's signatory signed.
    Office {
        /// The party whose signature it is, or would be.
        of: PlaceId,
    },
    /// That side's signatory did not hold its highest office.
    HighestOffice {
        /// The party whose signature it is, or would be.
        of: PlaceId,
        /// The office that was held.
        held: Name,
    },
}

impl Approval {
    /// An approval by resolution of a body.
    #[must_use]
    pub fn resolved(by: PlaceId, body: Name) -> Self {
        Self { by, basis: ApprovalBasis::Resolved { body, reference: None }, on: None, source: None }
    }

    /// A decision to go on without one side's approval, with the reason that R9 asks for.
    #[must_use]
    pub fn overridden(by: PlaceId, reason: FreeText, authority: Name) -> Self {
        Self { by, basis: ApprovalBasis::Overridden { reason, authority }, on: None, source: None }
    }

    /// The approval with its date.
    #[must_use]
    pub fn on(mut self, date: PartialDate) -> Self {
        self.on = Some(date);
        self
    }
}

impl Signature {
    /// A signature of which only the side is known; add what is known.
    #[must_use]
    pub fn of(by: PlaceId) -> Self {
        Self { by, person: None, signatory: None, office: None, on: None, at: None, source: None }
    }

    /// The signature with its date.
    #[must_use]
    pub fn on(mut self, date: PartialDate) -> Self {
        self.on = Some(date);
        self
    }

    /// The signature with the place where it was given.
    #[must_use]
    pub fn at(mut self, place: Name) -> Self {
        self.at = Some(place);
        self
    }

    /// The signature with who gave it and in which office.
    #[must_use]
    pub fn given_by(mut self, person: Name, office: Office) -> Self {
        self.person = Some(person);
        self.office = Some(office);
        self
    }

    /// The signature with the record of whoever gave it.
    #[must_use]
    pub const fn recorded_as(mut self, signatory: PersonId) -> Self {
        self.signatory = Some(signatory);
        self
    }

    /// The signature with where it can be read.
    #[must_use]
    pub fn according_to(mut self, source: Source) -> Self {
        self.source = Some(source);
        self
    }

    /// What this signature lacks for the link to be recognised.
    pub(super) fn missing(&self) -> Option<MissingPiece> {
        match &self.office {
            None => Some(MissingPiece::Office { of: self.by }),
            Some(Office { title, rank }) => match rank {
                OfficeRank::HighestElected | OfficeRank::HighestAppointed => None,
                OfficeRank::Other => Some(MissingPiece::HighestOffice { of: self.by, held: title.clone() }),
            },
        }
    }
}
