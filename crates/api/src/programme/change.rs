//! `PATCH /v1/programmes/{programme}`.

use http::Method;
use serde::{Deserialize, Serialize};
use sister_cities_domain::value::{Currency, LanguageTag, Name};

#[cfg(feature = "schema")]
use crate::As;
use crate::{Access, Concurrency, Endpoint, JsonBody, NoParameters, Scope, checked};

use super::{KindBody, OnePerCountryWord, ProgrammePath, ProgrammeView, RetentionBody, VitalityPolicyBody};

/// Changes what is given of a programme and leaves the rest.
pub enum ChangeProgramme {}

impl Endpoint for ChangeProgramme {
    const NAME: &'static str = "change_programme";
    const SUMMARY: &'static str = "Changes what is given of a programme and leaves the rest.";
    const METHOD: Method = Method::PATCH;
    const PATH: &'static str = "/v1/programmes/{programme}";
    const ACCESS: Access = Access::Scope(Scope::Admin);
    const CONCURRENCY: Concurrency = Concurrency::Guarded;
    type Path = ProgrammePath;
    type Query = NoParameters;
    type Body = ChangeProgrammeBody;
    type Reply = ProgrammeView;
}

/// What to change of a programme; what is absent stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[derive(Default)]
pub struct ChangeProgrammeBody {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Name>>"))]
    pub name: Option<Name>,
    /// The language of its own texts.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<LanguageTag>>"))]
    pub language: Option<LanguageTag>,
    /// The currency of its own accounts.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Currency>>"))]
    pub currency: Option<Currency>,
    /// The numbers by which vitality is reckoned, all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vitality: Option<VitalityPolicyBody>,
    /// The kinds of bond that it knows, all of them. One that a partnership has or had must stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kinds: Option<Vec<KindBody>>,
    /// `advised` to be warned of a second bond with a country, else `not_advised`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_per_country: Option<OnePerCountryWord>,
    /// How long personal data is kept, all of its numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<RetentionBody>,
}

impl JsonBody for ChangeProgrammeBody {}
