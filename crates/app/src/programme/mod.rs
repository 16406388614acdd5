//! Setting up programmes, changing and reading them.

mod change;
mod create;
mod read;

pub use change::ProgrammeChange;
pub use create::{NewProgramme, ProgrammeWithHost};
pub use read::ProgrammePage;
