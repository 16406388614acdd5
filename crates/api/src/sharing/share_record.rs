//! `POST /v1/programmes/{programme}/shares`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoParameters, ProblemKind, Scope};

use super::{ShareBody, ShareView};
use crate::programme::ProgrammePath;

/// Tells the programme at the other end of a link what a record says now.
pub enum ShareRecord {}

impl Endpoint for ShareRecord {
    const NAME: &'static str = "share_record";
    const SUMMARY: &'static str = "Tells the programme at the other end of a link what a record says now.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes/{programme}/shares";
    const ACCESS: Access = Access::Scope(Scope::PartnershipWrite);
    const SUCCESS: u16 = 201;
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = ProgrammePath;
    type Query = NoParameters;
    type Body = ShareBody;
    type Reply = ShareView;
}
