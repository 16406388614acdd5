//! Vitality: how alive a bond is, why, and when it will be called cooling or dormant if nothing happens.

mod contact;
mod energy;
mod forecast;
mod ladder;
mod policy;
mod score;
mod state;
mod stored;
mod track;

pub use contact::{Contact, InvalidContact};
pub use energy::Energy;
pub use forecast::{DateRange, Footing, Forecast};
pub use ladder::{Rung, RungRange};
pub use policy::{InvalidPolicy, PolicyNumbers, VitalityPolicy};
pub use score::Score;
pub use state::{OutOfOrder, Snapshot, TooEarly, VitalityState};
pub use stored::InvalidState;
