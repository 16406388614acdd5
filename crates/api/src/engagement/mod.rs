//! Engagements: what two cities did with each other, as an office's log has it.

mod body;
mod care;
mod create;
mod get;
mod list;
mod of_domain;
mod path;
mod replace;
mod view;
mod words;

pub use body::{CostBody, EngagementBody, OrganisationBody, ParticipantsBody};
pub use care::{CareBody, CareView, ReadCare, SetCare};
pub use create::CreateEngagement;
pub use get::GetEngagement;
pub use list::{EngagementSort, ListEngagements, ListEngagementsQuery};
pub use path::EngagementPath;
pub use replace::ReplaceEngagement;
pub use view::EngagementView;
pub use words::{DirectionWord, EvidenceWord, HappeningWord, MutualityWord, SideWord};

pub use crate::note::NoteBody;
