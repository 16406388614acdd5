//! `DELETE /v1/programmes/{programme}/shares/{share}`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoBody, NoContent, NoParameters, Scope};

use super::SharePath;

/// Takes back what was shared of a record, at once.
pub enum WithdrawShare {}

impl Endpoint for WithdrawShare {
    const NAME: &'static str = "withdraw_share";
    const SUMMARY: &'static str = "Takes back what was shared of a record, at once.";
    const METHOD: Method = Method::DELETE;
    const PATH: &'static str = "/v1/programmes/{programme}/shares/{share}";
    const ACCESS: Access = Access::Scope(Scope::PartnershipWrite);
    const SUCCESS: u16 = 204;
    const CONCURRENCY: Concurrency = Concurrency::Guarded;
    type Path = SharePath;
    type Query = NoParameters;
    type Body = NoBody;
    type Reply = NoContent;
}
