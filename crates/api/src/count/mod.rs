//! Counts: how many bonds there were on a day, with the list behind the number.

mod count;
mod of_domain;

pub use count::{CountPartnerships, CountQuery, CountView, CountedView};
