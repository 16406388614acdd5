//! `GET /livez`.

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{Access, Endpoint, NoBody, NoParameters};

/// Says that the process lives; touches nothing else.
pub enum Livez {}

impl Endpoint for Livez {
    const NAME: &'static str = "livez";
    const SUMMARY: &'static str = "Says that the process lives; touches nothing else.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/livez";
    const ACCESS: Access = Access::Public;
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = NoBody;
    type Reply = LivezReply;
}

/// The process lives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LivezReply {
    /// Always `live`.
    pub status: String,
}
