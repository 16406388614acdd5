//! `GET /v1/programmes/{programme}/agreements/{agreement}/versions/{version}/text`.

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{Access, Endpoint, NoBody, NoParameters, Scope};

use super::VersionPath;

/// Reads the text of a version, if it is stored.
pub enum GetVersionText {}

impl Endpoint for GetVersionText {
    const NAME: &'static str = "get_version_text";
    const SUMMARY: &'static str = "Reads the text of a version, if it is stored.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/agreements/{agreement}/versions/{version}/text";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    type Path = VersionPath;
    type Query = NoParameters;
    type Body = NoBody;
    type Reply = VersionTextView;
}

/// The text of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VersionTextView {
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// What it is.
    pub media_type: String,
    /// The document, in Base64 (RFC 4648, section 4).
    pub content: String,
}
