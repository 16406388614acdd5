//! `GET /readyz`.

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{Access, Endpoint, NoBody, NoParameters};

/// Says that the server can work: the store answers. Answers 503 while it cannot.
pub enum Readyz {}

impl Endpoint for Readyz {
    const NAME: &'static str = "readyz";
    const SUMMARY: &'static str =
        "Says that the server can work, and with which data. Answers 503 while it cannot.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/readyz";
    const ACCESS: Access = Access::Public;
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = NoBody;
    type Reply = ReadyzReply;
}

/// What the server works with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadyzReply {
    /// Always `ready`.
    pub status: String,
    /// The version of the product.
    pub version: String,
    /// The version of the time zone database, such as `2025b`.
    pub tzdb_version: String,
    /// Whose data the server shows, in the words that their licences ask for.
    pub attributions: Vec<String>,
}
