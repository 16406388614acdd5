//! `GET /v1/programmes/{programme}/imports/{import}`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoBody, RecordedQuery, Scope};

use super::{ImportPath, ImportView};

/// Reads one import, with the progress of the work at hand.
pub enum GetImport {}

impl Endpoint for GetImport {
    const NAME: &'static str = "get_import";
    const SUMMARY: &'static str = "Reads one import, with the progress of the work at hand.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/imports/{import}";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    type Path = ImportPath;
    type Query = RecordedQuery;
    type Body = NoBody;
    type Reply = ImportView;
}
