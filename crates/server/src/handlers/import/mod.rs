//! Imports. What takes long runs in a task of its own, so that it ends well also if the caller goes away.

pub(crate) mod apply;
pub(crate) mod dry_run;
pub(crate) mod get;
pub(crate) mod lines;
pub(crate) mod list;
pub(crate) mod report;
pub(crate) mod undo;
pub(crate) mod upload;
mod view;
