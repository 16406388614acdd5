//! Walks a journal from its beginning to its end and finds what is not as it was committed.

use serde_json::Value as Json;
use sister_cities_domain::value::ContentHash;

use super::chain::{document, hash};
use super::{Head, Seal};
use crate::{JournalEntry, JournalQuery, JournalStore, ReadError, Realm, Sequence};

/// How many entries are in memory at a time.
const PAGE: u32 = 500;

/// A journal that is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many entries there are.
    pub entries: u64,
    /// Where it ends. Who notes it elsewhere can tell later that nothing before was rewritten.
    pub head: Head,
    /// How many personal values are sealed in it and match.
    pub sealed: u64,
    /// How many personal values were erased; their digests still hold the chain together.
    pub erased: u64,
}

/// What is wrong with a journal: the first place at which it is, and how.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// An entry is not there.
    #[error("entry {missing} is missing: after {} comes {found}", .missing.0 - 1)]
    Missing {
        /// The place without an entry.
        missing: Sequence,
        /// The entry that comes next.
        found: Sequence,
    },
    /// An entry was committed at another place.
    #[error("entry {0} was committed at another place or time: its id belongs elsewhere")]
    Moved(Sequence),
    /// An entry, or the hash of the one before it, is not what was committed.
    #[error("entry {0} is not what was committed after the entry before it")]
    Changed(Sequence),
    /// A personal value is neither the one that was committed nor erased.
    #[error("entry {entry}: the personal value at {at} is not the one that was committed")]
    PersonalValue {
        /// The entry.
        entry: Sequence,
        /// Where in it.
        at: String,
    },
    /// The entries end before the head does: the end was cut off.
    #[error("entry {missing} and what follows is missing: the journal ended with {head}")]
    CutOff {
        /// The first entry that is not there.
        missing: Sequence,
        /// Where the journal ended.
        head: Sequence,
    },
    /// Personal values were taken out of the journal without an erasure that tells of it, or put back.
    #[error("{erased} personal values are erased, but the erasures tell of {told}")]
    Unaccounted {
        /// The last entry.
        end: Sequence,
        /// How many values have no salt.
        erased: u64,
        /// How many the journal's erasures tell of.
        told: u64,
    },
    /// The head is not that of the last entry.
    #[error("the end of the journal was kept as {kept}, but its entries end with {found}")]
    Head {
        /// The end as kept.
        kept: Sequence,
        /// The last entry.
        found: Sequence,
    },
}

impl Fault {
    /// The first entry that is not as it should be.
    #[must_use]
    pub const fn sequence(&self) -> Sequence {
        match self {
            Self::Missing { missing, .. } | Self::CutOff { missing, .. } => *missing,
            Self::Moved(entry) | Self::Changed(entry) | Self::PersonalValue { entry, .. } => *entry,
            Self::Head { found, .. } | Self::Unaccounted { end: found, .. } => *found,
        }
    }
}

/// Why a journal could not be verified.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AuditError {
    /// It is not whole.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// It could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// Walks the journal of `realm`. What is committed meanwhile does not disturb it.
///
/// # Errors
///
/// [`AuditError::Fault`] with the first entry that is not as it was committed; [`AuditError::Read`].
pub async fn verify(store: &dyn JournalStore, realm: Realm) -> Result<Verified, AuditError> {
    let mut tries = 3;
    loop {
        match verify_once(store, realm).await {
            // An erasure may have come between what was read before it and after.
            Err(AuditError::Fault(Fault::Unaccounted { .. })) if tries > 1 => tries -= 1,
            result => return result,
        }
    }
}

async fn verify_once(store: &dyn JournalStore, realm: Realm) -> Result<Verified, AuditError> {
    // The head first: whatever it speaks of must be found after.
    let kept = store.journal_head(realm).await?;
    let mut walk = Walk::new(realm);
    loop {
        let entries = store.journal(realm, JournalQuery::after(walk.head.sequence, PAGE)).await?;
        if entries.is_empty() {
            break;
        }
        for entry in &entries {
            walk.step(entry)?;
            if entry.sequence == kept.sequence && entry.hash != kept.hash {
                return Err(Fault::Head { kept: kept.sequence, found: entry.sequence }.into());
            }
        }
    }
    let verified = walk.end()?;
    let head = verified.head;
    if head.sequence < kept.sequence {
        return Err(Fault::CutOff { missing: head.sequence.next(), head: kept.sequence }.into());
    }
    // And again: no entry may stand beyond it.
    let kept = store.journal_head(realm).await?;
    if head.sequence > kept.sequence {
        return Err(Fault::Head { kept: kept.sequence, found: head.sequence }.into());
    }
    Ok(verified)
}

/// A walk along a chain, entry by entry.
pub(crate) struct Walk {
    realm: Realm,
    head: Head,
    sealed: u64,
    erased: u64,
    told: u64,
}

impl Walk {
    /// Before the first entry.
    pub(crate) const fn new(realm: Realm) -> Self {
        Self { realm, head: Head::START, sealed: 0, erased: 0, told: 0 }
    }

    /// What was found, if as many values are erased as the erasures tell of.
    pub(crate) const fn end(&self) -> Result<Verified, Fault> {
        let Self { head, sealed, erased, told, .. } = *self;
        if erased == told {
            Ok(Verified { entries: head.sequence.0, head, sealed, erased })
        } else {
            Err(Fault::Unaccounted { end: head.sequence, erased, told })
        }
    }

    /// Where it is.
    pub(crate) const fn head(&self) -> Head {
        self.head
    }

    /// What was found if nothing follows and the end was kept as `kept`.
    pub(crate) fn end_at(&self, kept: Head) -> Result<(), Fault> {
        let head = self.end()?.head;
        if head.sequence < kept.sequence {
            return Err(Fault::CutOff { missing: head.sequence.next(), head: kept.sequence });
        }
        if head == kept { Ok(()) } else { Err(Fault::Head { kept: kept.sequence, found: head.sequence }) }
    }

    /// Goes on to the next entry.
    pub(crate) fn step(&mut self, entry: &JournalEntry) -> Result<(), Fault> {
        let expected = self.head.sequence.next();
        if entry.sequence != expected {
            return Err(Fault::Missing { missing: expected, found: entry.sequence });
        }
        if entry.id != entry.sequence.event_id(self.realm, entry.at) {
            return Err(Fault::Moved(entry.sequence));
        }
        let changed = || Fault::Changed(entry.sequence);
        let seals: Vec<Seal> = serde_json::from_str(&entry.seals).map_err(|_| changed())?;
        let document = document(entry);
        let hash: ContentHash = hash(self.realm, self.head.hash, entry, &document, &seals);
        if hash != entry.hash {
            return Err(changed());
        }
        for seal in &seals {
            let value = document.pointer(&seal.at);
            match value.and_then(|value| seal.holds(value)) {
                Some(true) => self.sealed += 1,
                None if value.is_some() => self.erased += 1,
                Some(false) | None => {
                    return Err(Fault::PersonalValue { entry: entry.sequence, at: seal.at.clone() });
                }
            }
        }
        if let "person.erased" | "retention.applied" = entry.event.name.as_str() {
            self.told += document.pointer("/body/journal").and_then(Json::as_u64).unwrap_or_default();
        }
        self.head = Head { sequence: entry.sequence, hash };
        Ok(())
    }
}
