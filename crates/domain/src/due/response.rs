//! What somebody said to a due item: later, not me, or done.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{DueId, PartnershipId, ProgrammeId, RecordRef};
use crate::responsible::Responsible;
use crate::value::FreeText;

use super::item::{DueItem, DueKind};

/// What was said to a due item. Kept under the item's own id, so that it holds whenever the item is reckoned again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct DueResponse {
    /// The id of the item.
    pub id: DueId,
    /// Whose work it is.
    pub programme: ProgrammeId,
    /// The rule that said it was due.
    pub kind: DueKind,
    /// The record it is about.
    pub subject: RecordRef,
    /// The partnership that the record belongs to, if it belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partnership: Option<PartnershipId>,
    /// The day by which it was to be done.
    pub due_on: NaiveDate,
    /// Not listed before this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snoozed_until: Option<NaiveDate>,
    /// Who is to do it instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_to: Option<Responsible>,
    /// That it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<DueDone>,
}

/// That an item was done, or needs not be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueDone {
    /// When.
    pub on: NaiveDate,
    /// What came of it, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<FreeText>,
}

impl DueResponse {
    /// That nothing was said to an item yet.
    #[must_use]
    pub const fn none_to(programme: ProgrammeId, item: &DueItem) -> Self {
        let DueItem { id, kind, subject, partnership, due_on, owner: _, reason: _, what_to_do: _ } = item;
        Self {
            id: *id,
            programme,
            kind: *kind,
            subject: *subject,
            partnership: *partnership,
            due_on: *due_on,
            snoozed_until: None,
            handed_to: None,
            done: None,
        }
    }
}
