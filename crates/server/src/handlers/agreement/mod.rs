//! Agreements.

pub(crate) mod add_version;
pub(crate) mod approve;
pub(crate) mod attach_text;
pub(crate) mod create;
pub(crate) mod get;
pub(crate) mod get_text;
pub(crate) mod give_notice;
pub(crate) mod list;
pub(crate) mod list_of_partnership;
pub(crate) mod propose;
pub(crate) mod put_text;
pub(crate) mod sign;
mod view;
pub(crate) mod withdraw;
