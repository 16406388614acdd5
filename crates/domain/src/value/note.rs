//! Remarks that people leave on a record.

use serde::{Deserialize, Serialize};

use super::{FreeText, Source};

/// A remark, and where it comes from if not from the office itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Note {
    /// What was remarked.
    pub text: FreeText,
    /// Who says so, if not the office itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}
