//! Validated values: once made, they are right, and nobody need check again.
//!
//! Every constructor refuses with an [`InvalidValue`] that says what is wrong and what would be right. It does not know the
//! field: the caller adds that.

mod certainty;
mod claims;
mod country;
mod country_table;
mod invalid;
mod partial_date;
mod period;
mod text;

pub use certainty::Certainty;
pub use claims::{Claim, Claims};
pub use country::Country;
pub use invalid::InvalidValue;
pub use partial_date::{DateOrder, PartialDate, Precision};
pub use period::Period;
pub use text::{FreeText, Name, Source, Title};
