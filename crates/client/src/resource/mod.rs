//! Typed calls, grouped by what they are about: `client.programme(id).partnerships().list(..)`.
//!
//! Each method is one endpoint of the API and nothing more; what it does is documented at the endpoint. Reads and
//! changes of one record answer with [`Versioned`](crate::Versioned), and a change is made *from* what was read.

mod agreements;
mod engagements;
mod imports;
mod journal;
mod partnerships;
mod places;
mod programmes;
mod sharing;

pub use agreements::Agreements;
pub use engagements::Engagements;
pub use imports::Imports;
pub use journal::Journal;
pub use partnerships::Partnerships;
pub use places::Places;
pub use programmes::{Programme, Programmes};
pub use sharing::SharedWithOthers;
