//! What was said to due items.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::item::DueKind;
use crate::event::events;
use crate::id::RecordRef;
use crate::responsible::Responsible;
use crate::value::FreeText;

events! {
    /// What was said to a due item. The names are stable: subscribers match on them.
    pub enum DueResponseEvent {
        /// It was put off.
        Snoozed = "due_response.snoozed" {
            /// What was due.
            about: DueAbout,
            /// Up to which day.
            until: NaiveDate,
        },
        /// It was handed to somebody else.
        Handed = "due_response.handed" {
            /// What is due.
            about: DueAbout,
            /// To whom.
            to: Responsible,
        },
        /// It was done.
        Done = "due_response.done" {
            /// What was due.
            about: DueAbout,
            /// What came of it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            remark: Option<FreeText>,
        },
    }
}

/// Which item was spoken of: what its id follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueAbout {
    /// The rule that said it was due.
    pub kind: DueKind,
    /// The record it is about.
    pub subject: RecordRef,
    /// The day by which it was to be done.
    pub due_on: NaiveDate,
}
