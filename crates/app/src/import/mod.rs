//! Brings files into a programme: a plan for each line, a dry run that shows it, applying it whole, taking it back.
//!
//! `above` says what a line takes from those above it. `cells` understands what a cell says, `places` finds the place it means.
//! `partnerships` and `engagements` say what a line of their kind comes to, each line against the draft that the lines before it made;
//! [`plan`] goes through all of them. `report` is what is said about each line, and how that is stored. `run` holds the use cases.

mod above;
mod bulk;
mod cells;
mod draft;
mod engagements;
mod line;
mod partnerships;
mod persons;
mod places;
mod plan;
mod report;
mod run;

pub use bulk::{BulkCounts, BulkEnd, BulkRow, BulkVerdict, bulk};
pub use cells::columns::UnusableColumns;
pub use cells::fields::{Field, recognise};
pub use draft::{Known, Snapshot};
pub use plan::{Plan, Progress, Refused, Request, Silent, plan};
pub use report::stored::{LinePosition, ReportSummary};
pub use report::{Addition, FileReport, LineReport, Outcome, Problem, Proposal, Question, Report};
pub use run::KeptBytes;
pub use run::lines::{LinePage, LineQuery};
pub use run::{ImportError, NewImport, Trial, Tried};
