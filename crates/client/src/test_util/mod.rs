//! What tests of a program that uses the client need (feature `test-util`): a server that is none, records to answer with, and
//! signed webhook messages. It touches no socket, so time can be paused: waits then pass at once and are exact.
//!
//! ```
//! use sister_cities_client::api::place::ListPlacesQuery;
//! use sister_cities_client::test_util::{Answer, FakeServer, place};
//! use sister_cities_client::transport::Phase;
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = FakeServer::answering([
//!     Answer::lost(Phase::Receiving),
//!     Answer::status(503).with_header("retry-after", "7"),
//!     Answer::json(&serde_json::json!({ "items": [place("Casablanca")] })),
//! ]);
//! let programme = server.client().programme("prg_01h455vb4pex5vsknk084sn02q".parse()?);
//! let places = programme.places().list(ListPlacesQuery::default()).all().await?;
//! assert_eq!(places[0].display_name.as_str(), "Casablanca");
//! assert_eq!(server.requests().len(), 3);
//! # Ok(()) }
//! ```

mod fixtures;
mod server;
mod webhook;

pub use fixtures::{partnership, place};
pub use server::{Answer, FakeServer};
pub use webhook::WebhookMessage;
