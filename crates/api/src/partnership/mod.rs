//! Partnerships: the bonds themselves, their episodes, and the decisions taken about them.

mod body;
mod change;
mod create;
mod decide;
mod get;
mod list;
mod of_domain;
mod path;
mod set_record;
mod view;
mod words;

pub use body::{ClaimWord, DateClaimBody, EndWord, EpisodeBody, LabelBody};
pub use change::{ChangePartnership, ChangePartnershipBody, EpisodeChangeBody};
pub use create::{CreatePartnership, CreatePartnershipBody};
pub use decide::{DecidePartnership, DecisionBody};
pub use get::GetPartnership;
pub use list::{ListPartnerships, ListPartnershipsQuery, PartnershipSort};
pub use path::PartnershipPath;
pub use set_record::{RecordBody, SetRecord};
pub use view::{CoverageBody, DecisionView, MemberView, PartnershipView, StatusView};
pub use words::{DecisionWord, StatusWord};
