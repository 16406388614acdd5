//! Programmes: the tenants, each with its host place, its catalogue of kinds and its policies.

mod change;
mod create;
mod get;
mod list;
mod path;
mod view;

pub use change::{ChangeProgramme, ChangeProgrammeBody};
pub use create::{CreateProgramme, CreateProgrammeBody};
pub use get::GetProgramme;
pub use list::{ListProgrammes, ListProgrammesQuery};
pub use path::ProgrammePath;
pub use view::{KindView, LocalisedName, ProgrammeView, VitalityPolicyBody};
