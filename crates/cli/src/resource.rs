//! Resources of a programme, one file each: what can be asked of it, how that is done, and how it is shown.

pub(crate) mod adoptions;
pub(crate) mod calendars;
mod channel_test;
pub(crate) mod committees;
pub(crate) mod deliveries;
pub(crate) mod due;
pub(crate) mod editing;
pub(crate) mod handover;
pub(crate) mod indicators;
pub(crate) mod mail;
pub(crate) mod notifications;
pub(crate) mod organisation;
pub(crate) mod outcomes;
pub(crate) mod person;
pub(crate) mod places;
pub(crate) mod plans;
pub(crate) mod practices;
pub(crate) mod rates;
mod reading;
pub(crate) mod roles;
pub(crate) mod subscriptions;
pub(crate) mod webhooks;
