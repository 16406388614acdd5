//! `POST /v1/programmes/{programme}/imports/{import}/undo`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoBody, NoParameters, ProblemKind, Scope};

use super::{ImportPath, ImportView};

/// Takes an import back; what somebody has touched since is kept and listed.
pub enum UndoImport {}

impl Endpoint for UndoImport {
    const NAME: &'static str = "undo_import";
    const SUMMARY: &'static str = "Takes an import back; what somebody has touched since is kept and listed.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes/{programme}/imports/{import}/undo";
    const ACCESS: Access = Access::Scope(Scope::ImportWrite);
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = ImportPath;
    type Query = NoParameters;
    type Body = NoBody;
    type Reply = ImportView;
}
