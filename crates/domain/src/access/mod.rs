//! Who acts, and what they may do.
//!
//! One question, [`may`], answers every request: has this caller that permission, in this programme? It is a table, tested pair by pair.

mod event;
mod token;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use event::TokenEvent;
pub use token::{AccessToken, TokenHash};

use crate::id::{ProgrammeId, TokenId};
use crate::named_enum;
use crate::value::Name;

named_enum! {
    /// A permission that a token can carry.
    #[non_exhaustive]
    pub enum Scope ("a scope") {
        /// Read everything of the programme but the journal and what is sensitive, the imports' lines included.
        ProgrammeRead = "programme:read",
        /// Create and change partnerships, their decisions and what is said about their record.
        PartnershipWrite = "partnership:write",
        /// Create, change and delete engagements.
        EngagementWrite = "engagement:write",
        /// Create and change places.
        PlaceWrite = "place:write",
        /// Create agreements, and approve, sign, amend and end them.
        AgreementWrite = "agreement:write",
        /// Enter and change outcomes, indicators and valuation rates, and say how well an outcome is shown.
        OutcomeWrite = "outcome:write",
        /// Create and change action plans and their points, and take steps with these.
        PromiseWrite = "promise:write",
        /// Enter and change practices, and the adoptions of them.
        PracticeWrite = "practice:write",
        /// Upload, apply and undo imports.
        ImportWrite = "import:write",
        /// Answer due items: later, somebody else, done.
        DueWrite = "due:write",
        /// Read what those who take part in an engagement need: diet, health, access. The journal tells of each reading.
        CareRead = "care:read",
        /// Say what those who take part in an engagement need.
        CareWrite = "care:write",
        /// Read all that the desk knows of people; without it, only what members may see is shown.
        PersonRead = "person:read",
        /// Enter and change people, organisations, committees and roles.
        PersonWrite = "person:write",
        /// Set up and change webhook endpoints, and read the secrets they are signed with. The journal tells of each reading.
        WebhookWrite = "webhook:write",
        /// Say who is told of what and how often, send again what was sent, and mark what somebody was told as read.
        NotificationWrite = "notification:write",
        /// Read the journal of events, which names the actors.
        JournalRead = "journal:read",
        /// Everything, and besides create and change programmes and tokens.
        Admin = "admin",
    }
}

/// Who did something. Kept with every event.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Actor {
    /// Somebody with an access token.
    Token {
        /// The id of the token, under which it can be revoked.
        id: TokenId,
        /// What the token is called.
        name: Name,
    },
    /// A person known by name.
    Person {
        /// What the person is called, as they gave it.
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
    /// What it permits; nothing if empty.
    pub scopes: BTreeSet<Scope>,
}

/// Somebody who asks for something: who they are and what they may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Who the journal will say did it.
    pub actor: Actor,
    /// What they may do, and in which programme.
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
        /// The scope that the request needs.
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
