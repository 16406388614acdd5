//! The journal: what happened, in the order of the commits; and the history of one record.

mod history;
mod list;

pub use history::{BecameWord, HistoryPath, HistoryQuery, ReadHistory, RevisionView};
pub use list::{EventView, FieldChangeView, JournalQuery, JournalView, ReadJournal, RecordChangeView};
