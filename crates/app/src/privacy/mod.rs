//! What is done about people whose data is kept: proving what was recorded, erasing a person, removing what is no longer needed.

mod audit;
mod erase;
mod keys;
mod retention;

pub use audit::JournalAudit;
pub use erase::{ErasureReport, ErasureRun, Refusal};
pub use retention::Swept;
