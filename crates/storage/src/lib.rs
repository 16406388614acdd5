//! Where programmes are kept: ports, the record catalogue and the back ends.
//!
//! Use cases read through a [`Database`], decide, and hand back what is to be written as data: a [`ChangeSet`] of records with
//! the revision each was read at, the events that tell of it, documents and the reply to the request. A back end commits
//! it in one step or refuses it ([`CommitError`]), and the use case reads and decides again. No transaction is ever held
//! open while a use case thinks.
//!
//! What is deliberately absent: queries in text form, transactions that callers hold, reads without a [`Realm`],
//! counters that are stored, clocks and random numbers.
//!
//! # Adding a kind of record
//!
//! 1. Name it in the domain's registry of ids.
//! 2. Declare it: implement [`Record`] for the type in a file of its own in [`catalogue`], and name the type in the list there.
//! 3. Write a migration per back end: its table, with the foreign keys and indices that the declaration names. A test compares
//!    the live schema with the catalogue.
//! 4. Add a sample of it to the conformance suite.

/// Declares statements, and for the tests that prepare each and read its plan a list of all of them.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:literal;)+) => {
        $($(#[$doc])* pub(super) const $name: &str = $sql;)+

        #[cfg(test)]
        const CONSTANTS: &[&str] = &[$($name),+];
    };
}

pub mod archive;
pub mod audit;
pub mod backup;
pub mod catalogue;
mod change_set;
#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
mod database;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod decide;
pub mod due;
mod dump;
pub mod erasure;
mod error;
mod groups;
#[cfg(all(test, feature = "sqlite"))]
mod grown;
mod idempotency;
mod journal;
mod json;
mod listing;
mod matching;
#[cfg(all(test, feature = "sqlite", feature = "postgres"))]
mod migration_tests;
pub mod notification;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod notification_rows;
mod open;
mod peer_visible;
mod port;
#[cfg(feature = "postgres")]
pub mod postgres;
mod query;
mod raw;
mod realm;
mod reckon;
mod record;
mod recorded;
mod revised;
mod risk;
pub mod search;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod select;
#[cfg(feature = "sqlite")]
pub mod sqlite;
mod stored_value;
#[cfg(all(feature = "testing", unix))]
pub mod testing;
mod value;
pub mod vault;
pub mod work;

pub use change_set::{ChangeSet, Committed, Outcome};
pub use database::{Database, Page, PastRevision, ProgrammeStore, RecordedEvent};
pub use error::{CommitError, Conflict, Malformed, ReadError, ReadFuture, Unavailable};
pub use groups::Groups;
pub use idempotency::{IdempotencyKey, IdempotencyRecord, ReplyStore};
pub use journal::{ChangeNumber, JournalEntry, JournalQuery, JournalStore, RawEvent, Sequence};
pub use listing::{Filter, Listing, UnknownParameter};
pub use open::{Location, LocationError, OpenError, Opening, open};
pub use peer_visible::{PeerVisible, PeerVisibleQuery};
pub use port::{Connections, RecordStore, Store};
pub use query::{Condition, Cursor, Direction, Order, Query, RawPage};
pub use raw::{Counts, RawBody, RawRecord, RawRevision, Revision, StoredRecord, content_hash};
pub use realm::Realm;
pub use reckon::Reckoned;
pub use record::{Columns, Record, Versioned, record_ref};
pub use recorded::{Superseded, SupersededQuery};
pub use revised::{HistoryPart, RevisionChange, RevisionDiff};
pub use risk::{Risk, UnknownRisk};
pub use stored_value::{
    Content, EntryContent, ErasableStore, InPlaceUpdate, Partition, StoredValue, StoredValueKey, Traces,
};
pub use value::Value;
