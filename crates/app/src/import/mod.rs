//! Brings files into a programme: a plan for each line, a dry run that shows it, applying it whole, taking it back.

mod apply;
mod bond_change;
mod bulk;
mod columns;
mod coverage;
mod dates;
mod draft;
mod engagement_facts;
mod engagement_merge;
mod engagements;
mod fields;
mod fold;
mod line;
mod near;
mod partnership_facts;
mod partnerships;
mod place_finder;
mod place_record;
mod place_words;
mod plan;
mod report;
mod run;
mod signed_agreement;
mod undo;
mod wordings;
mod words;

pub use bulk::{BulkCounts, BulkEnd, BulkRow, BulkVerdict, bulk};
pub use columns::UnusableColumns;
pub use draft::{Known, Snapshot};
pub use fields::{Field, recognise};
pub use plan::{Plan, Progress, Refused, Request, Silent, plan};
pub use report::{Addition, FileReport, LineReport, Outcome, Problem, Proposal, Question, Report};
pub use run::{ImportError, NewImport, Trial};
