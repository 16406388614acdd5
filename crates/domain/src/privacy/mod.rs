//! Privacy: how private a piece of data is, how long it is kept, and what the journal tells of its reading and removal.

mod erasable;
mod event;
mod retention;

use crate::named_enum;

pub use erasable::{ERASED, Erasable, REMOVED};
pub use event::PrivacyEvent;
pub use retention::{
    Due, Purpose, Retention, RetentionPolicy, SignatureDuty, due_for_removal, erasable_from,
};

named_enum! {
    /// How private a piece of data is. Erasure, encryption, retention and logs go by it.
    #[expect(clippy::exhaustive_enums, reason = "whoever stores data must decide for each of the four")]
    pub enum DataClass ("a class of data") {
        /// Anyone may read it: places, the names of partnerships.
        Public = "public",
        /// For those who work with the programme.
        Internal = "internal",
        /// Says something of a person who can be named.
        Personal = "personal",
        /// Could harm a person in the wrong hands: stored encrypted only, and each reading is told in the journal.
        Sensitive = "sensitive",
    }
}
