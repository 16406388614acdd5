//! Partnerships.

pub(crate) mod change;
pub(crate) mod create;
pub(crate) mod decide;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod set_record;
mod view;
