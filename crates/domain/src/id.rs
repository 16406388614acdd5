//! Typed ids: what kinds of record there are, and how an id is written and read.
//!
//! An id is a UUIDv7 (RFC 9562), so ids sort by the time they were made. Its text is a `TypeID` (spec 0.3): a prefix that
//! people can read, `_`, and 26 characters of Crockford's base 32 in lower case, as in `prt_01h455vb4pex5vsknk084sn02q`.
//! The registry of kinds is the call of `record_kinds!` in this file: a new kind of record is one line there.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::named_enum;
use crate::value::text_form::{serde_as_text, text_form};
use crate::value::{Shape, TextForm};

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
        uuid::Builder::from_unix_timestamp_millis(Self::FIRST_UNIX_MS + n, &random).into_uuid()
    }
}

/// One step of `SplitMix64`. Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
const fn split_mix(state: u64) -> u64 {
    let z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A UUID of version 8 that follows from a text: its FNV-1a hash of 128 bits, so that whoever knows the text can reckon it in any language.
pub(crate) fn uuid_of_text(text: &str) -> Uuid {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let hash = text.bytes().fold(BASIS, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME));
    uuid::Builder::from_custom_bytes(hash.to_be_bytes()).into_uuid()
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

macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident = $prefix:literal, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

            /// The UUID of which the text is written.
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

        impl TextForm for $name {
            const SHAPE: Shape = Shape::pattern(
                concat!("the id of ", $what, ", such as ", $prefix, "_01h455vb4pex5vsknk084sn02q"),
                concat!("^", $prefix, "_[0-7][0-9a-hjkmnp-tv-z]{25}$"),
                concat!($prefix, "_01h455vb4pex5vsknk084sn02q"),
            );

            fn parse(text: &str) -> Result<Self, String> {
                text.parse().map_err(|_| concat!("is not the id of ", $what).to_owned())
            }

            fn render(&self) -> String {
                self.to_string()
            }
        }

        serde_as_text!($name);
    };
}

/// Declares the kinds of record with their names, and for each the type of its ids with its prefix.
macro_rules! record_kinds {
    ($($(#[$doc:meta])* $kind:ident = $word:literal, $id:ident = $prefix:literal, $what:literal;)+) => {
        named_enum! {
            /// The kinds of record that a change can be about.
            #[non_exhaustive]
            pub enum RecordKind ("a kind of record") {
                $($(#[$doc])* $kind = $word),+
            }
        }

        impl RecordKind {
            /// The prefix of this kind's ids.
            #[must_use]
            pub const fn prefix(self) -> &'static str {
                match self {
                    $(Self::$kind => $prefix,)+
                }
            }
        }

        /// What every id of a record looks like.
        const RECORD_ID: &str = concat!("^(", $($prefix, "|",)+ "prg)_[0-7][0-9a-hjkmnp-tv-z]{25}$");

        $(
            typed_id! {
                #[doc = concat!("Names a record of the kind [`RecordKind::", stringify!($kind), "`]: `", $prefix, "_…`.")]
                $id = $prefix, $what
            }

            impl From<$id> for RecordRef {
                fn from(id: $id) -> Self {
                    Self { kind: RecordKind::$kind, id: id.uuid() }
                }
            }
        )+
    };
}

record_kinds! {
    /// A programme: the tenant.
    Programme = "programme", ProgrammeId = "prg", "a programme";
    /// A city, county, street or the like.
    Place = "place", PlaceId = "plc", "a place";
    /// A partnership of two or more places.
    Partnership = "partnership", PartnershipId = "prt", "a partnership";
    /// An agreement with its versions.
    Agreement = "agreement", AgreementId = "agr", "an agreement";
    /// Something that the cities of a partnership did.
    Engagement = "engagement", EngagementId = "eng", "an engagement";
    /// A file on its way into a programme.
    Import = "import", ImportId = "imp", "an import";
    /// An access token: not the token itself, which nobody stores.
    Token = "token", TokenId = "tok", "a token";
    /// A link to another programme.
    Link = "link", LinkId = "lnk", "a link";
    /// What is shared with another programme.
    Share = "share", ShareId = "shr", "a share";
    /// An organisation: a city's office, a school, a company.
    Organisation = "organisation", OrganisationId = "org", "an organisation";
    /// A person, with the ways to reach them.
    Person = "person", PersonId = "per", "a person";
    /// A committee that sees to a partnership or a theme.
    Committee = "committee", CommitteeId = "cmt", "a committee";
    /// A role that somebody holds for a time.
    Role = "role", RoleId = "rol", "a role";
    /// What two cities promised each other in points.
    ActionPlan = "action_plan", ActionPlanId = "pln", "an action plan";
    /// One thing that was promised.
    ActionPoint = "action_point", ActionPointId = "pnt", "an action point";
    /// A practice: what a city does well enough that another may learn it.
    Practice = "practice", PracticeId = "prc", "a practice";
    /// The adoption of a practice.
    Adoption = "adoption", AdoptionId = "ado", "an adoption";
    /// What came of something that the cities did.
    Outcome = "outcome", OutcomeId = "out", "an outcome";
    /// What is aimed at and reached, period by period.
    Indicator = "indicator", IndicatorId = "ind", "an indicator";
    /// A rate by which hours, gifts or guests are valued.
    ValuationRate = "valuation_rate", ValuationRateId = "rat", "a valuation rate";
    /// What was said to a due item. The id is the item's own: it follows from the rule, the record and the day.
    DueResponse = "due_response", DueId = "due", "a due item";
    /// Where events are told: a webhook of a program, or a room of a chat.
    WebhookEndpoint = "webhook_endpoint", WebhookEndpointId = "whe", "a webhook endpoint";
    /// What somebody wants to be told of, and how often.
    Subscription = "subscription", SubscriptionId = "sub", "a subscription";
    /// What a calendar program fetches by a private link.
    CalendarFeed = "calendar_feed", CalendarFeedId = "cal", "a calendar feed";
}

typed_id! {
    /// Names an event of the journal, which is no record: `evt_…`.
    EventId = "evt", "an event"
}

typed_id! {
    /// Names one message to one recipient by one channel, which is no record: `dlv_…`. It is the idempotency key of each attempt to send it.
    DeliveryId = "dlv", "a delivery"
}

typed_id! {
    /// Names what somebody is told, by whichever channels, which is no record: `ntf_…`.
    NotificationId = "ntf", "a notification"
}

/// Names one record of any kind.
///
/// Its text is the id's own: `prt_…`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordRef {
    /// What kind of record it is.
    pub kind: RecordKind,
    /// The UUID of its id.
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

text_form!(
    RecordRef,
    Shape::pattern(
        "the id of a record, such as prt_01h455vb4pex5vsknk084sn02q",
        RECORD_ID,
        "prt_01h455vb4pex5vsknk084sn02q",
    )
);

#[cfg(test)]
mod tests;
