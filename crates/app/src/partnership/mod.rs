//! Entering partnerships, deciding about them, stating what their record covers, and reading them.

mod change;
mod create;
mod decide;
mod read;
mod record;

pub use change::{EpisodeAddition, PartnershipAddition};
pub use create::{Beginning, NewPartnership};
pub use decide::NewDecision;
pub use read::{PartnershipOrder, PartnershipPage, PartnershipQuestion, PartnershipWithPlaces};
