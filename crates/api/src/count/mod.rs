//! Counts: how many bonds there were on a day, with the list behind the number.

mod ask;
mod of_domain;

pub use ask::{CountPartnerships, CountQuery, CountView, CountedView};
