//! An API of some endpoints to test the client against: its mechanics know no resource.

use http::Method;
use serde::{Deserialize, Serialize};
use sister_cities_client::api::{
    Access, Concurrency, Endpoint, NoBody, NoContent, NoParameters, Page, Scope, parameters,
};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub(crate) struct Thing {
    pub(crate) name: String,
}

pub(crate) fn thing(name: &str) -> Thing {
    Thing { name: name.to_owned() }
}

parameters! {
    /// Which page.
    #[derive(Default)]
    pub struct ThingQuery in pages {}
}

#[derive(Debug)]
pub(crate) enum GetThing {}
impl Endpoint for GetThing {
    const NAME: &'static str = "get_thing";
    const SUMMARY: &'static str = "Reads the thing.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/thing";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    const CONCURRENCY: Concurrency = Concurrency::ETag;
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = NoBody;
    type Reply = Thing;
}

#[derive(Debug)]
pub(crate) enum CreateThing {}
impl Endpoint for CreateThing {
    const NAME: &'static str = "create_thing";
    const SUMMARY: &'static str = "Makes a thing.";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/v1/things";
    const ACCESS: Access = Access::Public;
    const SUCCESS: u16 = 201;
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = Thing;
    type Reply = Thing;
}

#[derive(Debug)]
pub(crate) enum PatchThing {}
impl Endpoint for PatchThing {
    const NAME: &'static str = "patch_thing";
    const SUMMARY: &'static str = "Changes the thing.";
    const METHOD: Method = Method::PATCH;
    const PATH: &'static str = "/v1/thing";
    const ACCESS: Access = Access::Public;
    const CONCURRENCY: Concurrency = Concurrency::IfMatch;
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = Thing;
    type Reply = Thing;
}

#[derive(Debug)]
pub(crate) enum ReplaceThing {}
impl Endpoint for ReplaceThing {
    const NAME: &'static str = "replace_thing";
    const SUMMARY: &'static str = "Replaces the thing.";
    const METHOD: Method = Method::PUT;
    const PATH: &'static str = "/v1/thing";
    const ACCESS: Access = Access::Public;
    const CONCURRENCY: Concurrency = Concurrency::IfMatch;
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = Thing;
    type Reply = Thing;
}

#[derive(Debug)]
pub(crate) enum DeleteThing {}
impl Endpoint for DeleteThing {
    const NAME: &'static str = "delete_thing";
    const SUMMARY: &'static str = "Deletes the thing.";
    const METHOD: Method = Method::DELETE;
    const PATH: &'static str = "/v1/thing";
    const ACCESS: Access = Access::Public;
    const SUCCESS: u16 = 204;
    const CONCURRENCY: Concurrency = Concurrency::IfMatch;
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = NoBody;
    type Reply = NoContent;
}

#[derive(Debug)]
pub(crate) enum ListThings {}
impl Endpoint for ListThings {
    const NAME: &'static str = "list_things";
    const SUMMARY: &'static str = "Lists the things.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/things";
    const ACCESS: Access = Access::Public;
    type Path = NoParameters;
    type Query = ThingQuery;
    type Body = NoBody;
    type Reply = Page<Thing>;
}
