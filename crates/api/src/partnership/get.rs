//! `GET /v1/programmes/{programme}/partnerships/{partnership}`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoBody, NoParameters, Scope};

use super::{PartnershipPath, PartnershipView};

/// Reads one partnership.
pub enum GetPartnership {}

impl Endpoint for GetPartnership {
    const NAME: &'static str = "get_partnership";
    const SUMMARY: &'static str = "Reads one partnership.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/partnerships/{partnership}";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    type Path = PartnershipPath;
    type Query = NoParameters;
    type Body = NoBody;
    type Reply = PartnershipView;
}
