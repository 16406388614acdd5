//! Use cases: load, authorise, decide, commit; import; reports.

pub mod tabular;
