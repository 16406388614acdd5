//! The kinds of bond in a programme's catalogue, and their rules, as the wire has them.

use serde::{Deserialize, Serialize};
use sister_cities_domain::value::{KindKey, LanguageTag, Name, Source};

use super::VitalityPolicyBody;
#[cfg(feature = "schema")]
use crate::As;
use crate::checked;

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
    /// The numbers by which the vitality of its bonds is reckoned, if not the programme's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vitality: Option<VitalityPolicyBody>,
    /// On what this definition rests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Source>>"))]
    pub source: Option<Source>,
}

/// A kind of bond as an office sets it. All fields mean what they mean in [`KindView`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct KindBody {
    /// Its key, such as `sister-city`.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<KindKey>"))]
    pub key: KindKey,
    /// What it is called, by language.
    pub names: Vec<LocalisedName>,
    /// The ways in which offices write it in their lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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
    /// The numbers by which the vitality of its bonds is reckoned, if not the programme's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vitality: Option<VitalityPolicyBody>,
    /// On what this definition rests.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
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

crate::open_enum! {
    /// Whether a programme wants to be warned of a second bond with a country.
    pub enum OnePerCountryWord ("a rule for bonds with a country") {
        /// It does.
        Advised = "advised",
        /// It does not.
        NotAdvised = "not_advised",
    }
}
