//! Who acts, and what they may do.
//!
//! One question, [`may`], answers every request: has this caller that permission, in this programme? It is a table, tested pair by pair.

mod event;
mod token;

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use event::TokenEvent;
pub use token::{AccessToken, TokenHash};

use crate::id::{ProgrammeId, TokenId};
use crate::value::Name;

/// A permission that a token can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Scope {
    /// Read everything of the programme but the journal and what is sensitive, the imports' lines included.
    #[serde(rename = "programme:read")]
    ProgrammeRead,
    /// Create and change partnerships, their decisions and what is said about their record.
    #[serde(rename = "partnership:write")]
    PartnershipWrite,
    /// Create, change and delete engagements.
    #[serde(rename = "engagement:write")]
    EngagementWrite,
    /// Create and change places.
    #[serde(rename = "place:write")]
    PlaceWrite,
    /// Create agreements, and approve, sign, amend and end them.
    #[serde(rename = "agreement:write")]
    AgreementWrite,
    /// Upload, apply and undo imports.
    #[serde(rename = "import:write")]
    ImportWrite,
    /// Read what those who take part in an engagement need: diet, health, access. The journal tells of each reading.
    #[serde(rename = "care:read")]
    CareRead,
    /// Say what those who take part in an engagement need.
    #[serde(rename = "care:write")]
    CareWrite,
    /// Read the journal of events, which names the actors.
    #[serde(rename = "journal:read")]
    JournalRead,
    /// Everything, and besides create and change programmes and tokens.
    #[serde(rename = "admin")]
    Admin,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 10] = [
        Self::ProgrammeRead,
        Self::PartnershipWrite,
        Self::EngagementWrite,
        Self::PlaceWrite,
        Self::AgreementWrite,
        Self::ImportWrite,
        Self::CareRead,
        Self::CareWrite,
        Self::JournalRead,
        Self::Admin,
    ];

    /// Its name: `programme:read`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ProgrammeRead => "programme:read",
            Self::PartnershipWrite => "partnership:write",
            Self::EngagementWrite => "engagement:write",
            Self::PlaceWrite => "place:write",
            Self::AgreementWrite => "agreement:write",
            Self::ImportWrite => "import:write",
            Self::CareRead => "care:read",
            Self::CareWrite => "care:write",
            Self::JournalRead => "journal:read",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A text that names no scope.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "this is no scope; the scopes are programme:read, partnership:write, engagement:write, place:write, \
     agreement:write, import:write, care:read, care:write, journal:read, admin"
)]
pub struct UnknownScope;

impl FromStr for Scope {
    type Err = UnknownScope;

    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == text).ok_or(UnknownScope)
    }
}

/// Who did something. Kept with every event.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Actor {
    /// Somebody with an access token.
    Token {
        /// The token's id.
        id: TokenId,
        /// What the token is called.
        name: Name,
    },
    /// A person known by name.
    Person {
        /// Their name.
        name: Name,
    },
    /// The program itself, on the machine it runs on.
    System,
}

/// What a caller may do, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The one programme it is for; `None` for all.
    pub programme: Option<ProgrammeId>,
    /// The permissions.
    pub scopes: BTreeSet<Scope>,
}

/// Somebody who asks for something: who they are and what they may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Who they are.
    pub actor: Actor,
    /// What they may.
    pub grant: Grant,
}

impl Caller {
    /// The program itself, which may do everything everywhere.
    #[must_use]
    pub fn system() -> Self {
        let scopes = BTreeSet::from([Scope::Admin]);
        Self { actor: Actor::System, grant: Grant { programme: None, scopes } }
    }
}

/// A refusal of permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Denied {
    /// The caller is of another programme. To the outside this programme does not exist: answer "not found".
    #[error("this caller is of another programme")]
    OtherProgramme,
    /// The caller lacks a scope.
    #[error("this needs the scope {needed}")]
    Scope {
        /// What it takes.
        needed: Scope,
    },
}

/// Whether a grant holds a scope in a programme; `None` asks for all programmes at once, as creating one does.
///
/// `admin` holds every scope. No other scope implies another.
///
/// # Errors
///
/// [`Denied`] if not; the programme is checked first, so that who is of another learns nothing.
pub fn may(grant: &Grant, needed: Scope, programme: Option<ProgrammeId>) -> Result<(), Denied> {
    if grant.programme.is_some() && grant.programme != programme {
        return Err(Denied::OtherProgramme);
    }
    if grant.scopes.contains(&needed) || grant.scopes.contains(&Scope::Admin) {
        Ok(())
    } else {
        Err(Denied::Scope { needed })
    }
}

#[cfg(test)]
mod tests;
