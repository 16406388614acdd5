//! `PATCH /v1/programmes/{programme}`.

use http::Method;
use serde::{Deserialize, Serialize};
use sister_cities_domain::value::{Currency, LanguageTag, Name};

#[cfg(feature = "schema")]
use crate::As;
use crate::{Access, Concurrency, Endpoint, JsonBody, NoParameters, Scope, checked};

use super::{ProgrammePath, ProgrammeView, VitalityPolicyBody};

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
}

impl JsonBody for ChangeProgrammeBody {}
