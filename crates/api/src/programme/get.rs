//! `GET /v1/programmes/{programme}`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoBody, RecordedQuery, Scope};

use super::{ProgrammePath, ProgrammeView};

/// Reads one programme.
pub enum GetProgramme {}

impl Endpoint for GetProgramme {
    const NAME: &'static str = "get_programme";
    const SUMMARY: &'static str = "Reads one programme.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    type Path = ProgrammePath;
    type Query = RecordedQuery;
    type Body = NoBody;
    type Reply = ProgrammeView;
}
