//! Counts: how many bonds there were on a day, with the list behind the number.

mod count;

pub use count::{CountPartnerships, CountQuery, CountView, CountedView};
