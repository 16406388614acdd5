//! `DELETE /v1/programmes/{programme}/links/{link}`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoBody, NoContent, NoParameters, Scope};

use super::LinkPath;

/// Takes a link back, and with it all that was shared over it.
pub enum WithdrawLink {}

impl Endpoint for WithdrawLink {
    const NAME: &'static str = "withdraw_link";
    const SUMMARY: &'static str = "Takes a link back, and with it all that was shared over it.";
    const METHOD: Method = Method::DELETE;
    const PATH: &'static str = "/v1/programmes/{programme}/links/{link}";
    const ACCESS: Access = Access::Scope(Scope::Admin);
    const SUCCESS: u16 = 204;
    const CONCURRENCY: Concurrency = Concurrency::Guarded;
    type Path = LinkPath;
    type Query = NoParameters;
    type Body = NoBody;
    type Reply = NoContent;
}
