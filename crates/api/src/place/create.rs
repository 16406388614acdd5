//! `POST /v1/programmes/{programme}/places`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoParameters, ProblemKind, Scope};

use super::{PlaceBody, PlaceView};
use crate::programme::ProgrammePath;

/// Adds a place to a programme.
pub enum CreatePlace {}

impl Endpoint for CreatePlace {
    const NAME: &'static str = "create_place";
    const SUMMARY: &'static str = "Adds a place to a programme.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/programmes/{programme}/places";
    const ACCESS: Access = Access::Scope(Scope::PlaceWrite);
    const SUCCESS: u16 = 201;
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = ProgrammePath;
    type Query = NoParameters;
    type Body = PlaceBody;
    type Reply = PlaceView;
}
