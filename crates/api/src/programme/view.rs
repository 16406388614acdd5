//! A programme as the wire shows it.

use serde::{Deserialize, Serialize};
use sister_cities_domain::id::{PlaceId, ProgrammeId};
use sister_cities_domain::programme::KindKey;
use sister_cities_domain::value::{Currency, LanguageTag, Name, Source};

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
}

/// One kind of bond in a programme's catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KindView {
    /// Its key, such as `sister-city`.
    #[cfg_attr(feature = "schema", schemars(with = "As<KindKey>"))]
    pub key: KindKey,
    /// What it is called, by language.
    pub names: Vec<LocalisedName>,
    /// The ways in which offices write it in their lists.
    pub wordings: Vec<String>,
    /// `required` if a signed agreement is part of it, else `not_required`.
    pub signed_agreement: RequirementWord,
    /// The longest term in months, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_term_months: Option<u32>,
    /// `allowed` if it may run without an end, else `not_allowed`.
    pub open_ended: OpenEndWord,
    /// `counted` if it is part of the headline count, else `not_counted`.
    pub headline: HeadlineWord,
    /// On what this definition rests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Source>>"))]
    pub source: Option<Source>,
}

crate::open_enum! {
    /// Whether a kind of bond needs a signed agreement.
    pub enum RequirementWord ("a requirement") {
        /// It does.
        Required = "required",
        /// It does not.
        NotRequired = "not_required",
    }
}

crate::open_enum! {
    /// Whether a kind of bond may run without an end.
    pub enum OpenEndWord ("a rule for open ends") {
        /// It may.
        Allowed = "allowed",
        /// It may not.
        NotAllowed = "not_allowed",
    }
}

crate::open_enum! {
    /// Whether a kind of bond is part of the headline count.
    pub enum HeadlineWord ("a rule for the headline count") {
        /// It is.
        Counted = "counted",
        /// It is not.
        NotCounted = "not_counted",
    }
}

/// A name in a language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LocalisedName {
    /// The language.
    #[cfg_attr(feature = "schema", schemars(with = "As<LanguageTag>"))]
    pub language: LanguageTag,
    /// The name in it.
    #[cfg_attr(feature = "schema", schemars(with = "As<Name>"))]
    pub name: Name,
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
