//! `GET /v1/programmes/{programme}/partnerships/{partnership}`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoBody, RecordQuery, Scope};

use super::{PartnershipPath, PartnershipView};

/// Reads one partnership.
pub enum GetPartnership {}

impl Endpoint for GetPartnership {
    const NAME: &'static str = "get_partnership";
    const SUMMARY: &'static str = "Reads one partnership.";
    const DESCRIPTION: &'static str = "As of a day, it is shown by what is known now of how it stood then: the status, and what else it may have been, the episodes and decisions that had or may have begun. It is not found if it surely had not begun.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/partnerships/{partnership}";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    type Path = PartnershipPath;
    type Query = RecordQuery;
    type Body = NoBody;
    type Reply = PartnershipView;
}
