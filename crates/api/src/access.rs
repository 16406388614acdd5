//! Knows who may call an endpoint: everybody, or the bearer of a token with a scope.

use std::fmt;

/// Who may call an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody, without a token.
    Public,
    /// The bearer of a token that holds this scope.
    Scope(Scope),
}

/// What a token allows its bearer to do. The text form is what tokens and the OpenAPI document say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Scope {
    /// Read the programme and everything in it but the journal.
    ProgrammeRead,
    /// Create and change places.
    PlaceWrite,
    /// Create and change partnerships, and record decisions on them.
    PartnershipWrite,
    /// Create agreements, and record versions, approvals and signatures.
    AgreementWrite,
    /// Create and change engagements.
    EngagementWrite,
    /// Upload, apply and undo imports.
    ImportWrite,
    /// Read the journal of events.
    JournalRead,
    /// Everything, including programmes themselves.
    Admin,
}

impl Scope {
    /// Every scope, in the order of the documentation.
    pub const ALL: [Self; 8] = [
        Self::ProgrammeRead,
        Self::PlaceWrite,
        Self::PartnershipWrite,
        Self::AgreementWrite,
        Self::EngagementWrite,
        Self::ImportWrite,
        Self::JournalRead,
        Self::Admin,
    ];

    /// The scope as tokens and documents spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ProgrammeRead => "programme:read",
            Self::PlaceWrite => "place:write",
            Self::PartnershipWrite => "partnership:write",
            Self::AgreementWrite => "agreement:write",
            Self::EngagementWrite => "engagement:write",
            Self::ImportWrite => "import:write",
            Self::JournalRead => "journal:read",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
