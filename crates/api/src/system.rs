//! Whether the server lives, and whether it can work.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::NoParameters;
use crate::delivery::ChannelHealthView;

crate::endpoints! {
    /// Says that the process lives; touches nothing else.
    GET "/livez" for Public
    livez: Livez(NoParameters) -> LivezReply;

    /// Says that the server can work, and with which data. Answers 503 while it cannot.
    GET "/readyz" for Public
    readyz: Readyz(NoParameters) -> ReadyzReply;
}

/// The process lives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LivezReply {
    /// Always `live`.
    pub status: String,
}

/// What the server works with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReadyzReply {
    /// Always `ready`.
    pub status: String,
    /// The version of the product.
    pub version: String,
    /// The version of the time zone database, such as `2025b`.
    pub tzdb_version: String,
    /// Whose data the server shows, in the words that their licences ask for.
    pub attributions: Vec<String>,
    /// What waits to be told, by channel.
    pub deliveries: Vec<ChannelHealthView>,
}
