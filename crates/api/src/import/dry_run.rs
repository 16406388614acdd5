//! `POST /v1/programmes/{programme}/imports/{import}/dry-run`.

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{Access, Concurrency, Endpoint, JsonBody, NoParameters, ProblemKind, Scope};

use super::{AnswerBody, ImportPath, ImportView, MappingBody};

/// Says for each line what applying would do, and writes nothing.
pub enum DryRunImport {}

impl Endpoint for DryRunImport {
    const NAME: &'static str = "dry_run_import";
    const SUMMARY: &'static str = "Says for each line what applying would do, and writes nothing.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes/{programme}/imports/{import}/dry-run";
    const ACCESS: Access = Access::Scope(Scope::ImportWrite);
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = ImportPath;
    type Query = NoParameters;
    type Body = DryRunBody;
    type Reply = ImportView;
}

/// How to try an import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[derive(Default)]
pub struct DryRunBody {
    /// How to read the file; as before if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapping: Option<MappingBody>,
    /// Answers to questions of an earlier try; those given before are replaced if this is not empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<AnswerBody>,
}

impl JsonBody for DryRunBody {}
