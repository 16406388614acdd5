//! Entering partnerships, deciding about them, stating what their record covers, reading them, and what the
//! programme's policies say about them.

mod advice;
mod by_next_touch;
mod change;
mod create;
mod decide;
mod read;

pub use change::{EpisodeAddition, PartnershipAddition};
pub use create::{Beginning, NewPartnership};
pub use decide::NewDecision;
pub(crate) use read::places_of;
pub use read::{PartnershipPage, PartnershipWithPlaces};
