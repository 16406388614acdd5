//! `PUT /v1/programmes/{programme}/shares/{share}`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoParameters, ProblemKind, Scope};

use super::{RenewBody, SharePath, ShareView};

/// Tells anew what a shared record says now.
pub enum RenewShare {}

impl Endpoint for RenewShare {
    const NAME: &'static str = "renew_share";
    const SUMMARY: &'static str = "Tells anew what a shared record says now.";
    const METHOD: Method = Method::PUT;
    const PATH: &'static str = "/v1/programmes/{programme}/shares/{share}";
    const ACCESS: Access = Access::Scope(Scope::PartnershipWrite);
    const CONCURRENCY: Concurrency = Concurrency::Guarded;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = SharePath;
    type Query = NoParameters;
    type Body = RenewBody;
    type Reply = ShareView;
}
