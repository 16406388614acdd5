//! `POST /v1/programmes/{programme}/imports/{import}/apply`.

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{Access, Concurrency, Endpoint, JsonBody, NoParameters, ProblemKind, Scope};

use super::{AnswerBody, ImportPath, ImportView};

/// Writes an import, all of it or nothing.
///
/// Refused with 409 while a line needs a person. Applying the same file twice changes nothing the second time.
pub enum ApplyImport {}

impl Endpoint for ApplyImport {
    const NAME: &'static str = "apply_import";
    const SUMMARY: &'static str = "Writes an import, all of it or nothing.";
    const DESCRIPTION: &'static str = "Refused with 409 while a line needs a person. Applying the same file twice changes nothing the second time.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes/{programme}/imports/{import}/apply";
    const ACCESS: Access = Access::Scope(Scope::ImportWrite);
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = ImportPath;
    type Query = NoParameters;
    type Body = ApplyBody;
    type Reply = ImportView;
}

/// What a person decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[derive(Default)]
pub struct ApplyBody {
    /// Answers to the questions; those given before are replaced if this is not empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<AnswerBody>,
}

impl JsonBody for ApplyBody {}
