//! `POST /v1/programmes/{programme}/links`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoParameters, ProblemKind, Scope};

use super::{LinkBody, LinkView};
use crate::programme::ProgrammePath;

/// Says that another programme keeps the same bond.
pub enum MakeLink {}

impl Endpoint for MakeLink {
    const NAME: &'static str = "make_link";
    const SUMMARY: &'static str = "Says that another programme keeps the same bond.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes/{programme}/links";
    const ACCESS: Access = Access::Scope(Scope::Admin);
    const SUCCESS: u16 = 201;
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = ProgrammePath;
    type Query = NoParameters;
    type Body = LinkBody;
    type Reply = LinkView;
}
