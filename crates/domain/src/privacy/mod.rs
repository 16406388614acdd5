//! Privacy: how private a piece of data is, how long it is kept, and what the journal tells of its reading and removal.

mod event;
mod retention;

use serde::{Deserialize, Serialize};

pub use event::PrivacyEvent;
pub use retention::{
    Due, Purpose, Retention, RetentionPolicy, SignatureDuty, due_for_removal, erasable_from,
};

/// How private a piece of data is. Erasure, encryption, retention and logs go by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "whoever stores data must decide for each of the four")]
pub enum DataClass {
    /// Anyone may read it: places, the names of partnerships.
    Public,
    /// For those who work with the programme.
    Internal,
    /// Says something of a person who can be named.
    Personal,
    /// Could harm a person in the wrong hands: stored encrypted only, and each reading is told in the journal.
    Sensitive,
}
