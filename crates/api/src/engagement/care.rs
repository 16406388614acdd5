//! `GET` and `PUT /v1/programmes/{programme}/engagements/{engagement}/care`.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};
use sister_cities_domain::value::FreeText;

#[cfg(feature = "schema")]
use crate::As;
use crate::{Access, Concurrency, Endpoint, JsonBody, NoBody, NoParameters, Scope, checked};

use super::EngagementPath;

/// Reads what those who take part in an engagement need: diet, health, access.
///
/// Sensitive, and so stored encrypted only, shown nowhere else, and each reading is told in the journal with who read it.
pub enum ReadCare {}

impl Endpoint for ReadCare {
    const NAME: &'static str = "read_care";
    const SUMMARY: &'static str =
        "Reads what those who take part in an engagement need: diet, health, access.";
    const DESCRIPTION: &'static str = "Sensitive, and so stored encrypted only, shown nowhere else, and each reading is told in the journal with who read it.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/engagements/{engagement}/care";
    const ACCESS: Access = Access::Scope(Scope::CareRead);
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    type Path = EngagementPath;
    type Query = NoParameters;
    type Body = NoBody;
    type Reply = CareView;
}

/// Says what those who take part in an engagement need, or that nothing is needed any more.
pub enum SetCare {}

impl Endpoint for SetCare {
    const NAME: &'static str = "set_care";
    const SUMMARY: &'static str =
        "Says what those who take part in an engagement need, or that nothing is needed any more.";
    const DESCRIPTION: &'static str = "The revision is that of the engagement. An installation without a master key stores nothing sensitive and answers 503.";
    const METHOD: Method = Method::PUT;
    const PATH: &'static str = "/v1/programmes/{programme}/engagements/{engagement}/care";
    const ACCESS: Access = Access::Scope(Scope::CareWrite);
    const CONCURRENCY: Concurrency = Concurrency::Guarded;
    type Path = EngagementPath;
    type Query = NoParameters;
    type Body = CareBody;
    type Reply = CareView;
}

/// What those who take part in an engagement need.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CareBody {
    /// What is needed; nothing if not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<FreeText>>"))]
    pub care: Option<FreeText>,
}

impl JsonBody for CareBody {}

/// What those who take part in an engagement need.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CareView {
    /// The revision of the engagement, to name in `If-Match` when changing it.
    pub revision: u32,
    /// What is needed; absent if nothing is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<FreeText>>"))]
    pub care: Option<FreeText>,
}

/// Stands for what is sensitive, which no log is to hold.
const HIDDEN: &str = "***";

impl fmt::Debug for CareBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CareBody").field("care", &self.care.as_ref().map(|_| HIDDEN)).finish()
    }
}

impl fmt::Debug for CareView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let care = self.care.as_ref().map(|_| HIDDEN);
        f.debug_struct("CareView").field("revision", &self.revision).field("care", &care).finish()
    }
}
