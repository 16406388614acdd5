//! Brings files into a programme: a plan for each line, a dry run that shows it, applying it whole, taking it back.

mod apply;
mod columns;
mod coverage;
mod dates;
mod draft;
mod engagements;
mod fields;
mod fold;
mod line;
mod near;
mod partnerships;
mod place_finder;
mod plan;
mod report;
mod run;
mod undo;
mod words;

pub use columns::UnusableColumns;
pub use draft::{Known, Snapshot};
pub use fields::{Field, recognise};
pub use plan::{Plan, Progress, Refused, Request, Silent, plan};
pub use report::{Addition, FileReport, LineReport, Outcome, Problem, Proposal, Question, Report};
pub use run::{ImportError, NewImport, Trial};
