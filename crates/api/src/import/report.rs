//! `GET /v1/programmes/{programme}/imports/{import}/report`.

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{Access, Endpoint, NoBody, NoParameters, ProblemKind, Scope};

use super::{ImportPath, TallyView};

/// Says how the file of an import was read, so that nothing in it is lost silently.
pub enum GetImportReport {}

impl Endpoint for GetImportReport {
    const NAME: &'static str = "get_import_report";
    const SUMMARY: &'static str =
        "Says how the file of an import was read, so that nothing in it is lost silently.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/imports/{import}/report";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = ImportPath;
    type Query = NoParameters;
    type Body = NoBody;
    type Reply = ImportReportView;
}

/// How the file of an import was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportReportView {
    /// Lines of the file.
    pub lines: u32,
    /// The line of the header.
    pub header_line: u32,
    /// What was found out about encoding, separator and sheet.
    pub notes: Vec<String>,
    /// The columns that are read.
    pub columns: Vec<ReadColumnView>,
    /// The columns that are not.
    pub unread_columns: Vec<UnreadColumnView>,
    /// The lines that are no rows: titles, footers.
    pub asides: Vec<AsideView>,
    /// How many lines are blank.
    pub blank_lines: u32,
    /// What the rows come to.
    pub tally: TallyView,
}

/// A column that is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadColumnView {
    /// Its title.
    pub title: String,
    /// The field that it holds.
    pub field: String,
}

/// A column that is not read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnreadColumnView {
    /// Its title.
    pub title: String,
    /// In how many rows it holds something.
    pub filled: u32,
}

/// A line that is no row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AsideView {
    /// The line, from 1.
    pub line: u32,
    /// What it was taken for.
    pub kind: String,
    /// What it says.
    pub text: String,
}
