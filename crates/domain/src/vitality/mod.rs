//! Vitality: how alive a bond is, why, and when it will be called cooling or dormant if nothing happens.

mod assess;
mod component;
mod contact;
mod energy;
mod forecast;
mod input;
mod ladder;
mod policy;
mod score;
mod sentences;
mod share;
mod standing;
mod state;
mod stored;
mod timeline;
mod track;

pub use assess::{LastMutual, Vitality, assess};
pub use component::{Component, ComponentKind};
pub use contact::{Contact, InvalidContact};
pub use energy::Energy;
pub use forecast::{DateRange, Footing, Forecast};
pub use input::{Input, Origin, Reason, VitalityInputs, Weight};
pub use ladder::{Rung, RungRange};
pub use policy::{InvalidPolicy, PolicyNumbers, VitalityPolicy};
pub use score::Score;
pub use standing::Standing;
pub use state::{OutOfOrder, Snapshot, TooEarly, VitalityState};
pub use stored::InvalidState;
pub use timeline::{MOST_POINTS, TimelinePoint, TimelineStep, TooManyPoints, timeline};
