//! What a client says to due items.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::value::FreeText;

use crate::responsible::ResponsibleBody;

/// Until when an item is put off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SnoozeBody {
    /// The day on which it comes back: one to come, within a year.
    pub until: NaiveDate,
}

/// To whom an item is handed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HandBody {
    /// Who is to do it.
    pub to: ResponsibleBody,
}

/// That an item was done.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FinishBody {
    /// What came of it, in words.
    pub remark: Option<FreeText>,
}
