//! Typed ids: what kinds of record there are, and how an id is written and read.
//!
//! An id is a UUIDv7 (RFC 9562), so ids sort by the time they were made. Its text is a `TypeID` (spec 0.3): a prefix that
//! people can read, `_`, and 26 characters of Crockford's base 32 in lower case, as in `prt_01h455vb4pex5vsknk084sn02q`.
//! The registry of kinds is the one macro call in this file: a new kind of record is one line there.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const SUFFIX_LENGTH: usize = 26;

/// Why a text is not an id of the kind asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidId {
    /// The text before `_` is not the prefix of this kind.
    #[error("an id of this kind begins with `{expected}_`")]
    Prefix {
        /// The prefix of the kind asked for.
        expected: &'static str,
    },
    /// What follows the prefix is not 26 characters of lower-case base 32 for 128 bits.
    #[error(
        "after `{expected}_` stand 26 characters out of 0-9 and a-z without i, l, o, u, the first at most 7"
    )]
    Suffix {
        /// The prefix of the kind asked for.
        expected: &'static str,
    },
}

/// Makes new ids. A port: the domain only asks for it, the program implements it.
pub trait IdSource: Send + Sync {
    /// Returns a UUIDv7 that this source has not returned before.
    fn next_uuid(&self) -> Uuid;
}

/// Builds a UUIDv7 from a time in milliseconds since 1970-01-01 UTC and ten random bytes (RFC 9562, 5.7).
///
/// The time is cut to its lowest 48 bits, which last until the year 10889.
#[must_use]
pub fn uuid_v7(unix_ms: u64, random: [u8; 10]) -> Uuid {
    let mut bytes = [0_u8; 16];
    bytes[..6].copy_from_slice(&unix_ms.to_be_bytes()[2..]);
    bytes[6..].copy_from_slice(&random);
    bytes[6] = 0x70 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    Uuid::from_bytes(bytes)
}

/// An [`IdSource`] whose ids follow from its seed: for tests, samples and simulation, never for a live store.
#[derive(Debug)]
pub struct SeededIds {
    seed: u64,
    made: std::sync::atomic::AtomicU64,
}

impl SeededIds {
    /// The time stamped into the first id: 2026-01-01T00:00:00Z. Each further id is one millisecond later.
    pub const FIRST_UNIX_MS: u64 = 1_767_225_600_000;

    /// Two sources with the same seed give the same ids in the same order.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { seed, made: std::sync::atomic::AtomicU64::new(0) }
    }
}

impl IdSource for SeededIds {
    fn next_uuid(&self) -> Uuid {
        let n = self.made.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let mut random = [0_u8; 10];
        random[..8].copy_from_slice(&split_mix(self.seed ^ split_mix(n)).to_be_bytes());
        random[8..].copy_from_slice(&n.to_be_bytes()[6..]);
        uuid_v7(Self::FIRST_UNIX_MS + n, random)
    }
}

/// One step of `SplitMix64`. Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
const fn split_mix(state: u64) -> u64 {
    let z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn write_suffix(uuid: Uuid, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let bits = uuid.as_u128();
    for place in (0..SUFFIX_LENGTH).rev() {
        let digit = (bits >> (5 * place)) & 0x1f;
        f.write_str(char::from(ALPHABET[digit as usize]).encode_utf8(&mut [0; 4]))?;
    }
    Ok(())
}

fn read_suffix(text: &str) -> Option<Uuid> {
    if text.len() != SUFFIX_LENGTH || text.as_bytes()[0] > b'7' {
        return None;
    }
    let mut bits = 0_u128;
    for byte in text.bytes() {
        let digit = ALPHABET.iter().position(|&letter| letter == byte)?;
        bits = (bits << 5) | digit as u128;
    }
    Some(Uuid::from_u128(bits))
}

macro_rules! id_kinds {
    ($($(#[$doc:meta])* $kind:ident, $name:ident, $prefix:literal;)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
            #[serde(try_from = "String", into = "String")]
            pub struct $name(Uuid);

            impl $name {
                /// What the text of such an id begins with, before the `_`.
                pub const PREFIX: &'static str = $prefix;

                /// Takes the UUID as an id of this kind.
                #[must_use]
                pub const fn from_uuid(uuid: Uuid) -> Self {
                    Self(uuid)
                }

                /// Makes a new id.
                #[must_use]
                pub fn next(ids: &dyn IdSource) -> Self {
                    Self(ids.next_uuid())
                }

                /// The UUID inside.
                #[must_use]
                pub const fn uuid(self) -> Uuid {
                    self.0
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(concat!($prefix, "_"))?;
                    write_suffix(self.0, f)
                }
            }

            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    fmt::Display::fmt(self, f)
                }
            }

            impl FromStr for $name {
                type Err = InvalidId;

                fn from_str(text: &str) -> Result<Self, InvalidId> {
                    let suffix = text
                        .strip_prefix(concat!($prefix, "_"))
                        .ok_or(InvalidId::Prefix { expected: $prefix })?;
                    read_suffix(suffix).map(Self).ok_or(InvalidId::Suffix { expected: $prefix })
                }
            }

            impl TryFrom<String> for $name {
                type Error = InvalidId;

                fn try_from(text: String) -> Result<Self, InvalidId> {
                    text.parse()
                }
            }

            impl From<$name> for String {
                fn from(id: $name) -> Self {
                    id.to_string()
                }
            }
        )+

        /// Every prefix in use, for the test that no two kinds share one.
        #[cfg(test)]
        const PREFIXES: &[&str] = &[$($prefix),+];
    };
}

id_kinds! {
    /// Names a programme: the tenant.
    Programme, ProgrammeId, "prg";
    /// Names a place.
    Place, PlaceId, "plc";
    /// Names a partnership.
    Partnership, PartnershipId, "prt";
    /// Names an agreement.
    Agreement, AgreementId, "agr";
    /// Names an engagement.
    Engagement, EngagementId, "eng";
    /// Names an import.
    Import, ImportId, "imp";
    /// Names an event of the journal.
    Event, EventId, "evt";
    /// Names an access token (not the token itself, which nobody stores).
    Token, TokenId, "tok";
    /// Names a link to another programme.
    Link, LinkId, "lnk";
    /// Names what is shared with another programme.
    Share, ShareId, "shr";
}

/// The kinds of record that a change can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RecordKind {
    /// A programme.
    Programme,
    /// A place.
    Place,
    /// A partnership.
    Partnership,
    /// An agreement.
    Agreement,
    /// An engagement.
    Engagement,
    /// An import.
    Import,
    /// An access token.
    Token,
    /// A link to another programme.
    Link,
    /// What is shared with another programme.
    Share,
}

impl RecordKind {
    /// Every kind there is.
    pub const ALL: [Self; 9] = [
        Self::Programme,
        Self::Place,
        Self::Partnership,
        Self::Agreement,
        Self::Engagement,
        Self::Import,
        Self::Token,
        Self::Link,
        Self::Share,
    ];

    /// The name by which the kind is stored and spoken of: `partnership`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Programme => "programme",
            Self::Place => "place",
            Self::Partnership => "partnership",
            Self::Agreement => "agreement",
            Self::Engagement => "engagement",
            Self::Import => "import",
            Self::Token => "token",
            Self::Link => "link",
            Self::Share => "share",
        }
    }

    /// The prefix of this kind's ids.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Programme => ProgrammeId::PREFIX,
            Self::Place => PlaceId::PREFIX,
            Self::Partnership => PartnershipId::PREFIX,
            Self::Agreement => AgreementId::PREFIX,
            Self::Engagement => EngagementId::PREFIX,
            Self::Import => ImportId::PREFIX,
            Self::Token => TokenId::PREFIX,
            Self::Link => LinkId::PREFIX,
            Self::Share => ShareId::PREFIX,
        }
    }
}

impl fmt::Display for RecordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that names no kind of record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "this is no kind of record; the kinds are programme, place, partnership, agreement, engagement, import, token, \
     link, share"
)]
pub struct UnknownKind;

impl FromStr for RecordKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownKind)
    }
}

/// Names one record of any kind.
///
/// Its text is the id's own: `prt_…`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RecordRef {
    /// What kind of record it is.
    pub kind: RecordKind,
    /// Its id.
    pub id: Uuid,
}

impl fmt::Display for RecordRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.prefix())?;
        f.write_str("_")?;
        write_suffix(self.id, f)
    }
}

impl fmt::Debug for RecordRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for RecordRef {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let (prefix, suffix) = text.split_once('_').ok_or(InvalidId::Prefix { expected: "prt" })?;
        let kind = RecordKind::ALL
            .into_iter()
            .find(|kind| kind.prefix() == prefix)
            .ok_or(InvalidId::Prefix { expected: "prt" })?;
        let id = read_suffix(suffix).ok_or(InvalidId::Suffix { expected: kind.prefix() })?;
        Ok(Self { kind, id })
    }
}

impl TryFrom<String> for RecordRef {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        text.parse()
    }
}

impl From<RecordRef> for String {
    fn from(record: RecordRef) -> Self {
        record.to_string()
    }
}

macro_rules! refers {
    ($($kind:ident, $name:ident;)+) => {
        $(
            impl From<$name> for RecordRef {
                fn from(id: $name) -> Self {
                    Self { kind: RecordKind::$kind, id: id.uuid() }
                }
            }
        )+
    };
}

refers! {
    Programme, ProgrammeId;
    Place, PlaceId;
    Partnership, PartnershipId;
    Agreement, AgreementId;
    Engagement, EngagementId;
    Import, ImportId;
    Token, TokenId;
    Link, LinkId;
    Share, ShareId;
}

#[cfg(test)]
mod tests;
