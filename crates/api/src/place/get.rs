//! `GET /v1/programmes/{programme}/places/{place}`.

use http::Method;

use crate::{Access, Concurrency, Endpoint, NoBody, RecordQuery, Scope};

use super::{PlacePath, PlaceView};

/// Reads one place.
pub enum GetPlace {}

impl Endpoint for GetPlace {
    const NAME: &'static str = "get_place";
    const SUMMARY: &'static str = "Reads one place.";
    const DESCRIPTION: &'static str = "As of a day, its names are those that it had or may have had then.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/places/{place}";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    const CONCURRENCY: Concurrency = Concurrency::Tagged;
    type Path = PlacePath;
    type Query = RecordQuery;
    type Body = NoBody;
    type Reply = PlaceView;
}
