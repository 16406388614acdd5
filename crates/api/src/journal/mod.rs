//! The journal: every change, as an event.

mod list;

pub use list::{EventView, JournalQuery, JournalView, ReadJournal};
