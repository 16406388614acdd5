//! Validated values: once made, they are right, and nobody need check again.
//!
//! Every constructor refuses with an [`InvalidValue`] that says what is wrong and what would be right. It does not know the
//! field: the caller adds that.

mod certainty;
mod claims;
mod content_hash;
mod country;
mod country_table;
mod currency;
mod currency_table;
mod decimal;
mod email;
mod geo;
mod invalid;
mod kind_key;
mod language;
mod money;
mod named_enum;
mod note;
mod open_catalogue;
mod partial_date;
mod period;
mod phone;
mod secret_text;
mod slug;
mod text;
pub mod text_form;
mod web_address;
mod zoned_time;

pub use certainty::Certainty;
pub use claims::{Claim, Claims};
pub use content_hash::ContentHash;
pub use country::Country;
pub use currency::Currency;
pub use decimal::Decimal;
pub use email::EmailAddress;
pub use geo::GeoPoint;
pub use invalid::InvalidValue;
pub use kind_key::KindKey;
pub use language::{LanguageTag, Script};
pub use money::{Money, MoneyError};
pub use named_enum::NamedEnum;
pub use note::Note;
pub(crate) use open_catalogue::open_catalogue;
pub use partial_date::{DateOrder, PartialDate, Precision};
pub use period::Period;
pub use phone::PhoneNumber;
pub use secret_text::SecretText;
pub use slug::Slug;
pub use text::{FreeText, Name, Source, Title, is_forbidden as is_forbidden_in_text};
pub use text_form::{Shape, TextForm};
pub use web_address::WebAddress;
pub use zoned_time::{Occurrence, ZonedTime, ZonedTimeError};

#[cfg(test)]
mod tests;
