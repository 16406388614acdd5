//! Programmes: the tenants, each with its host place, its catalogue of kinds and its policies.

mod change;
mod create;
mod get;
mod kind;
mod list;
mod of_domain;
mod path;
mod view;

pub use change::{ChangeProgramme, ChangeProgrammeBody};
pub use create::{CreateProgramme, CreateProgrammeBody};
pub use get::GetProgramme;
pub use kind::{
    HeadlineWord, KindBody, KindView, LocalisedName, OnePerCountryWord, OpenEndWord, RequirementWord,
};
pub use list::{ListProgrammes, ListProgrammesQuery};
pub use path::ProgrammePath;
pub use view::{ProgrammeView, RetentionBody, VitalityPolicyBody};
