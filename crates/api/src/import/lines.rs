//! `GET /v1/programmes/{programme}/imports/{import}/lines`.

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{Access, Cursor, Endpoint, NoBody, Page, PageLimit, ProblemKind, Scope};

use super::{ImportPath, VerdictWord};

/// Lists the lines of an import with what each comes to, in the order of the file.
pub enum ListImportLines {}

impl Endpoint for ListImportLines {
    const NAME: &'static str = "list_import_lines";
    const SUMMARY: &'static str =
        "Lists the lines of an import with what each comes to, in the order of the file.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/imports/{import}/lines";
    const ACCESS: Access = Access::Scope(Scope::ProgrammeRead);
    const PROBLEMS: &'static [ProblemKind] = &[ProblemKind::Conflict];
    type Path = ImportPath;
    type Query = ListImportLinesQuery;
    type Body = NoBody;
    type Reply = Page<ImportLineView>;
}

crate::parameters! {
    /// Which lines.
    #[derive(Default)]
    pub struct ListImportLinesQuery {
        /// Only lines that come to one of these.
        pub verdict: Vec<VerdictWord>,
        /// How many items to answer with.
        pub limit: Option<PageLimit>,
        /// Where to read on.
        pub cursor: Option<Cursor>,
    }
}

crate::paged!(ListImportLinesQuery);

/// One line of a file, and what it comes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportLineView {
    /// The line of the file, from 1.
    pub line: u32,
    /// What it comes to.
    pub verdict: VerdictWord,
    /// What it is about, as written: `Accra, Ghana`.
    #[serde(default)]
    pub about: String,
    /// What it says, cell by cell.
    pub cells: Vec<String>,
    /// What applying does with it, in words.
    pub summary: String,
    /// What a person must say, or has said.
    pub questions: Vec<QuestionView>,
    /// What is wrong with it.
    pub faults: Vec<LineFaultView>,
    /// What else should be known about it.
    #[serde(default)]
    pub remarks: Vec<String>,
    /// The records that it makes, changes or is the same as, as far as they exist.
    pub records: Vec<String>,
}

/// A question that a line asks of a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QuestionView {
    /// What it is about: the `about` of the answer.
    pub about: String,
    /// The question.
    pub text: String,
    /// What could be taken.
    pub proposals: Vec<ProposalView>,
}

/// A possible answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProposalView {
    /// The `take` of the answer.
    pub key: String,
    /// What it is.
    pub label: String,
    /// Why it is proposed.
    pub reasons: Vec<String>,
}

/// A fault of a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LineFaultView {
    /// The field.
    pub field: String,
    /// What is wrong.
    pub detail: String,
    /// What would be right.
    pub expected: String,
}
