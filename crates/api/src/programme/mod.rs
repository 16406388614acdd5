//! Programmes: the tenants, each with its host place, its catalogue of kinds and its policies.

mod change;
mod create;
mod get;
mod list;
mod of_domain;
mod path;
mod view;

pub use change::{ChangeProgramme, ChangeProgrammeBody};
pub use create::{CreateProgramme, CreateProgrammeBody};
pub use get::GetProgramme;
pub use list::{ListProgrammes, ListProgrammesQuery};
pub use path::ProgrammePath;
pub use view::{
    HeadlineWord, KindView, LocalisedName, OpenEndWord, ProgrammeView, RequirementWord, VitalityPolicyBody,
};
