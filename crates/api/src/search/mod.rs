//! Search: records by the words of their names, titles and notes.

mod ask;
mod words;

pub use ask::{HitView, PieceView, SearchProgramme, SearchQuery};
pub use words::{HitKindWord, SearchText};
