//! Engagements: what two cities did with each other, as an office's log has it.

mod body;
mod create;
mod get;
mod list;
mod of_domain;
mod path;
mod replace;
mod view;
mod words;

pub use body::{CostBody, EngagementBody, OrganisationBody, ParticipantsBody};
pub use create::CreateEngagement;
pub use get::GetEngagement;
pub use list::{ListEngagements, ListEngagementsQuery};
pub use path::EngagementPath;
pub use replace::ReplaceEngagement;
pub use view::EngagementView;
pub use words::{DirectionWord, EvidenceWord, HappeningWord, MutualityWord, SideWord};

pub use crate::note::NoteBody;
