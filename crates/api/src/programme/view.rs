//! A programme as the wire shows it.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};
use sister_cities_domain::id::{PlaceId, ProgrammeId};
use sister_cities_domain::value::{Currency, LanguageTag, Name};

use super::{KindView, OnePerCountryWord};
#[cfg(feature = "schema")]
use crate::As;

/// A city's programme: the tenant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProgrammeView {
    /// Its id.
    #[cfg_attr(feature = "schema", schemars(with = "As<ProgrammeId>"))]
    pub id: ProgrammeId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// Its name, such as "Chicago Sister Cities".
    #[cfg_attr(feature = "schema", schemars(with = "As<Name>"))]
    pub name: Name,
    /// The place that runs it.
    #[cfg_attr(feature = "schema", schemars(with = "As<PlaceId>"))]
    pub host: PlaceId,
    /// The language that its own texts are in.
    #[cfg_attr(feature = "schema", schemars(with = "As<LanguageTag>"))]
    pub language: LanguageTag,
    /// The currency of its own accounts.
    #[cfg_attr(feature = "schema", schemars(with = "As<Currency>"))]
    pub currency: Currency,
    /// The kinds of bond that it knows.
    pub kinds: Vec<KindView>,
    /// The numbers by which vitality is reckoned.
    pub vitality: VitalityPolicyBody,
    /// `advised` if the programme wants to be warned of a second bond with a country, else `not_advised`.
    pub one_per_country: OnePerCountryWord,
    /// How long personal data is kept.
    pub retention: RetentionBody,
}

/// The numbers by which vitality is reckoned. Their meaning is documented with the formula, in the domain crate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VitalityPolicyBody {
    /// Days after which a contact counts half.
    pub half_life_days: u32,
    /// The most energy that contacts of one focus can store.
    pub capacity: f64,
    /// What a contact known from one side only counts, as a share of a mutual one: 0 to 1.
    pub one_sided_factor: f64,
    /// The energy that scores 50.
    pub half_score_energy: f64,
    /// The score from which a cooling bond is active.
    pub active_at: f64,
    /// The score below which an active bond is cooling.
    pub cooling_below: f64,
    /// The score from which a dormant bond is cooling.
    pub reviving_at: f64,
    /// The score below which a cooling bond is dormant.
    pub dormant_below: f64,
    /// The energy of a bond as lively as they get, for what an unrecorded past may have held.
    pub lively_energy: f64,
}

/// How long personal data is kept once nobody needs it for what it was recorded for. What is absent has no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RetentionBody {
    /// Days for which the names of people are kept; for good if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personal_days: Option<NonZeroU32>,
    /// Days for which sensitive fields are kept, such as what guests may not eat; for good if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitive_days: Option<NonZeroU32>,
    /// Months after an agreement's end for which it must be known who signed it; no such duty if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature_months: Option<NonZeroU32>,
}
