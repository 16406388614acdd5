//! `PUT /v1/programmes/{programme}/agreements/{agreement}/versions/{version}/text`.

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{Access, Endpoint, NoParameters, Scope, TextUpload};

use super::VersionPath;

/// Stores the text of a version, which must be the one that the version names by its SHA-256.
pub enum PutVersionText {}

impl Endpoint for PutVersionText {
    const NAME: &'static str = "put_version_text";
    const SUMMARY: &'static str =
        "Stores the text of a version, which must be the one that the version names by its SHA-256.";
    const DESCRIPTION: &'static str = "The version names its text by `text_sha256`; a signed one is never changed, so no other text is taken. \
        A version that names none is given its text by POST. \
        Storing the same text again changes nothing.";
    const METHOD: Method = Method::PUT;
    const PATH: &'static str = "/v1/programmes/{programme}/agreements/{agreement}/versions/{version}/text";
    const ACCESS: Access = Access::Scope(Scope::AgreementWrite);
    type Path = VersionPath;
    type Query = NoParameters;
    type Body = TextUpload;
    type Reply = StoredTextView;
}

/// A text that is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StoredTextView {
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// What it is.
    pub media_type: String,
    /// How many bytes it has.
    pub bytes: u64,
}
