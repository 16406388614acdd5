//! The programme: the tenant. Whose sister cities these are, which kinds of link it knows, and by which numbers it judges.

mod advice;
mod event;
mod kind;
mod standard;

use serde::{Deserialize, Serialize};

pub use advice::{OnePerCountry, SameCountry, same_country};
pub use event::ProgrammeEvent;
pub use kind::{Headline, KindCatalogue, KindDefinition, OpenEnd, Requirement};
pub use standard::keys;

use crate::due::DuePolicy;
use crate::id::{PlaceId, ProgrammeId};
use crate::privacy::RetentionPolicy;
use crate::value::{Currency, KindKey, LanguageTag, Name};
use crate::vitality::VitalityPolicy;

/// A city's programme: whose partnerships these are, and the rules of its office.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct Programme {
    /// The id by which its records, tokens and peers name it.
    pub id: ProgrammeId,
    /// What it is called.
    pub name: Name,
    /// The place whose programme it is: the host. Directions are seen from here.
    pub host: PlaceId,
    /// The kinds of link it knows.
    pub kinds: KindCatalogue,
    /// The numbers it judges by.
    #[serde(default)]
    pub policies: Policies,
    /// The language it works in.
    pub language: LanguageTag,
    /// The currency it reckons in.
    pub currency: Currency,
}

/// The numbers by which a programme judges.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Policies {
    /// By which a partnership is called active, cooling or dormant.
    #[serde(default)]
    pub vitality: VitalityPolicy,
    /// Whether to warn of a second partnership with a country (R4).
    #[serde(default)]
    pub one_per_country: OnePerCountry,
    /// By which personal data is kept and removed.
    #[serde(default, skip_serializing_if = "RetentionPolicy::is_default")]
    pub retention: RetentionPolicy,
    /// By which due work is reckoned: lead times, terms, who is told when nobody does it.
    #[serde(default, skip_serializing_if = "DuePolicy::is_default")]
    pub due: DuePolicy,
}

impl Programme {
    /// The numbers by which the vitality of a partnership of that kind is reckoned: the kind's own, else the programme's.
    #[must_use]
    pub fn vitality_policy(&self, kind: Option<&KindKey>) -> VitalityPolicy {
        kind.and_then(|kind| self.kinds.get(kind)?.vitality).unwrap_or(self.policies.vitality)
    }
}

#[cfg(test)]
mod tests;
