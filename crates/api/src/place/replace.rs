//! `PUT /v1/programmes/{programme}/places/{place}`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoParameters, ProblemKind, Scope};

use super::{PlaceBody, PlacePath, PlaceView};

/// Replaces what is known of a place.
pub enum ReplacePlace {}

impl Endpoint for ReplacePlace {
    const NAME: &'static str = "replace_place";
    const SUMMARY: &'static str = "Replaces what is known of a place.";
    const METHOD: Method = Method::PUT;
    const PATH: &'static str = "/v1/programmes/{programme}/places/{place}";
    const ACCESS: Access = Access::Scope(Scope::PlaceWrite);
    const CONCURRENCY: Concurrency = Concurrency::Guarded;
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = PlacePath;
    type Query = NoParameters;
    type Body = PlaceBody;
    type Reply = PlaceView;
}
