//! What was done with personal data, as the journal tells it: never with the data itself.

use serde::{Deserialize, Serialize};

use crate::value::Name;

/// Something done with personal data. The names are stable: subscribers match on them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name")]
#[non_exhaustive]
pub enum PrivacyEvent {
    /// A person was erased: a pseudonym stands wherever the name stood.
    #[serde(rename = "person.erased")]
    PersonErased {
        /// What stands there now: `person erased 2026-11-23 #1`.
        pseudonym: Name,
        /// In how many fields of records, past ones included, of replies and of documents.
        values: u32,
        /// In how many fields of the journal; an audit can count them.
        journal: u32,
    },
    /// Personal data was removed as it was no longer needed.
    #[serde(rename = "retention.applied")]
    RetentionApplied {
        /// In how many fields of records, past ones included.
        values: u32,
        /// In how many fields of the journal.
        journal: u32,
    },
    /// A new key encrypts sensitive values from now on.
    #[serde(rename = "key.rotated")]
    KeyRotated {
        /// Its number.
        key: u32,
    },
    /// The keys of sensitive values are opened by another master key from now on.
    #[serde(rename = "keys.rewrapped")]
    KeysRewrapped {
        /// How many.
        keys: u32,
    },
    /// Somebody read sensitive fields of the record.
    #[serde(rename = "sensitive.read")]
    SensitiveRead {
        /// Which, as JSON pointers.
        fields: Vec<String>,
    },
}

impl PrivacyEvent {
    /// Its stable name: `person.erased`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::PersonErased { .. } => "person.erased",
            Self::RetentionApplied { .. } => "retention.applied",
            Self::KeyRotated { .. } => "key.rotated",
            Self::KeysRewrapped { .. } => "keys.rewrapped",
            Self::SensitiveRead { .. } => "sensitive.read",
        }
    }
}
