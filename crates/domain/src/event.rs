//! The journal: every change leaves an event in the same commit.
//!
//! An event says what happened to one record, who did it and when. The journal of events is the audit trail, and what others
//! are told. Each kind of record has its own enum of events; [`EventBody`] joins them. The names, such as `partnership.suspended`,
//! are stable: their first word is the kind of record, or what was done with personal data of one, and subscribers match on them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::access::{Actor, TokenEvent};
use crate::agreement::AgreementEvent;
use crate::engagement::EngagementEvent;
use crate::id::{EventId, ProgrammeId, RecordRef};
use crate::import_run::ImportEvent;
use crate::partnership::PartnershipEvent;
use crate::place::PlaceEvent;
use crate::privacy::PrivacyEvent;
use crate::programme::ProgrammeEvent;
use crate::sharing::{LinkEvent, ShareEvent};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// Whose journal it stands in; `None` for that of the installation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<ProgrammeId>,
    /// When it was committed.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub actor: Actor,
    /// The record it happened to.
    pub subject: RecordRef,
    /// What happened.
    pub body: EventBody,
}

/// What happened, to any kind of record. Its JSON is that of the inner enum, told apart by `name`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum EventBody {
    /// To a programme.
    Programme(ProgrammeEvent),
    /// To a place.
    Place(PlaceEvent),
    /// To a partnership.
    Partnership(PartnershipEvent),
    /// To an agreement.
    Agreement(AgreementEvent),
    /// To the record of an engagement.
    Engagement(EngagementEvent),
    /// To an import.
    Import(ImportEvent),
    /// To an access token.
    Token(TokenEvent),
    /// To personal data of any record.
    Privacy(PrivacyEvent),
    /// To a link to another programme.
    Link(LinkEvent),
    /// To what is shared with another programme.
    Share(ShareEvent),
}

impl EventBody {
    /// The version of the shape of the bodies. Raised with every change that an older reader would not understand.
    pub const VERSION: u16 = 1;

    /// Its stable name: `partnership.suspended`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Programme(event) => event.name(),
            Self::Place(event) => event.name(),
            Self::Partnership(event) => event.name(),
            Self::Agreement(event) => event.name(),
            Self::Engagement(event) => event.name(),
            Self::Import(event) => event.name(),
            Self::Token(event) => event.name(),
            Self::Privacy(event) => event.name(),
            Self::Link(event) => event.name(),
            Self::Share(event) => event.name(),
        }
    }
}

macro_rules! from_kind {
    ($($variant:ident($event:ident),)+) => {
        $(
            impl From<$event> for EventBody {
                fn from(event: $event) -> Self {
                    Self::$variant(event)
                }
            }
        )+
    };
}

from_kind! {
    Programme(ProgrammeEvent),
    Place(PlaceEvent),
    Partnership(PartnershipEvent),
    Agreement(AgreementEvent),
    Engagement(EngagementEvent),
    Import(ImportEvent),
    Token(TokenEvent),
    Privacy(PrivacyEvent),
    Link(LinkEvent),
    Share(ShareEvent),
}

/// The names of the fields that differ.
pub(crate) fn changed_fields<const N: usize>(fields: [(&str, bool); N]) -> Vec<String> {
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests;
