//! When a message is tried again, and when an endpoint is given up. All of it is reckoned from what is known, so it can be told again.

mod attempts;
mod failing;

pub use attempts::{Next, RetrySchedule};
pub use failing::{EndpointFailing, FailureStep, OVERLOAD_PAUSE, is_overload};
