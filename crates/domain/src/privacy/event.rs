//! What was done with personal data, as the journal tells it: never with the data itself.

use crate::event::events;
use crate::value::Name;

events! {
    /// Something done with personal data. The names are stable: subscribers match on them.
    pub enum PrivacyEvent {
        /// A person was erased: a pseudonym stands wherever the name stood.
        PersonErased = "person.erased" {
            /// What stands there now: `person erased 2026-11-23 #1`.
            pseudonym: Name,
            /// In how many fields of records, past ones included, of replies and of documents.
            values: u32,
            /// In how many fields of the journal; an audit can count them.
            journal: u32,
        },
        /// Personal data was removed as it was no longer needed.
        RetentionApplied = "retention.applied" {
            /// In how many fields of records, past ones included.
            values: u32,
            /// In how many fields of the journal.
            journal: u32,
        },
        /// A new key encrypts sensitive values from now on.
        KeyRotated = "key.rotated" {
            /// The number of the new key, one above the last.
            key: u32,
        },
        /// The keys of sensitive values are opened by another master key from now on.
        KeysRewrapped = "keys.rewrapped" {
            /// How many keys were wrapped anew.
            keys: u32,
        },
        /// Somebody read sensitive fields of the record.
        SensitiveRead = "sensitive.read" {
            /// Which, as JSON pointers.
            fields: Vec<String>,
        },
    }
}
