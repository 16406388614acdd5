//! The vault: a back end around another, which never sees a sensitive value but encrypted.
//!
//! Each realm has a data key, wrapped by the master key of the installation and stored beside the data. What the catalogue calls
//! sensitive is encrypted with it before a change set reaches the back end, and decrypted when it is read; so neither the file nor its
//! write-ahead log, a backup or the journal ever holds it. A back end without a vault refuses a change set with a
//! sensitive value (`Malformed::Unsealed`): nothing falls through.
//!
//! [`Vault::rotate`] makes a new data key, which encrypts from then on; older ones still read. [`Vault::reencrypt`] brings what is stored
//! to the newest key bit by bit, while others read and write, and drops keys that nothing needs any more. With its key,
//! what the journal keeps of old values becomes unreadable for good.
//!
//! [`Vault::rewrap`] changes the master key: it wraps the data keys again, which stay the same keys, and touches nothing else.

mod body;
mod cursor;
mod key;
mod sign;
mod store;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use sister_cities_domain::access::Actor;
use sister_cities_domain::id::RecordRef;
use sister_cities_domain::privacy::PrivacyEvent;
use uuid::Uuid;

pub(crate) use body::{first_plain, without_sensitive};
pub use cursor::CursorKey;
pub use key::{BadMasterKey, KeyStore, MasterKey, WrappedKey};
use key::{CannotSeal, DataKey};
pub use sign::LinkKeys;

use crate::catalogue;
use crate::{
    ChangeSet, CommitError, Content, InPlaceUpdate, Partition, ReadError, Realm, Store, StoredValueKey,
    Unavailable,
};

/// How many stored values are looked at together.
const PAGE: u32 = 200;
/// How long an old key is kept after a newer one was made, so that whoever had just begun to write with it is done.
const GRACE: TimeDelta = TimeDelta::hours(1);

/// A database that encrypts what is sensitive.
#[derive(Debug)]
pub struct Vault {
    inner: Arc<dyn Store>,
    master: MasterKey,
    /// The opened keys of each realm, by number.
    opened: RwLock<BTreeMap<Uuid, Keys>>,
}

type Keys = Arc<BTreeMap<u32, DataKey>>;

/// What bringing values to the newest key came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reencrypted {
    /// How many bodies were brought to the newest key.
    pub bodies: u64,
    /// The keys that were dropped, as nothing is encrypted with them any more.
    pub dropped: Vec<u32>,
}

impl Vault {
    /// Puts a vault around a back end.
    pub fn new(inner: Arc<dyn Store>, master: MasterKey) -> Self {
        Self { inner, master, opened: RwLock::default() }
    }

    /// The key that opens the data keys.
    pub(crate) const fn master(&self) -> &MasterKey {
        &self.master
    }

    /// Makes a new data key, which encrypts from now on, and tells of it in the journal. Says its number.
    ///
    /// # Errors
    ///
    /// [`CommitError::Overtaken`] if somebody else did so at the same moment; [`CommitError::Unavailable`].
    pub async fn rotate(&self, realm: Realm, at: DateTime<Utc>) -> Result<u32, CommitError> {
        let keys = self.load(realm).await.map_err(cannot_read)?;
        let number = keys.last_key_value().map_or(0, |(number, _)| *number) + 1;
        self.add(realm, number, at).await?;
        let mut told = ChangeSet::new(realm, &Actor::System, at);
        told.event(PrivacyEvent::KeyRotated { key: number }, realm.record());
        self.inner.commit(told).await?;
        Ok(number)
    }

    /// Brings everything that is encrypted with an older key to the newest one, past revisions too, and then drops the older ones, an
    /// hour after they were replaced at the earliest. Doing it again goes on where it ended.
    ///
    /// # Errors
    ///
    /// [`CommitError::Unavailable`].
    pub async fn reencrypt(&self, realm: Realm, now: DateTime<Utc>) -> Result<Reencrypted, CommitError> {
        let keys = self.load(realm).await.map_err(cannot_read)?;
        let Some(newest) = keys.last_key_value().map(|(number, _)| *number) else {
            return Ok(Reencrypted::default());
        };
        let mut done = Reencrypted::default();
        let mut in_use = BTreeSet::new();
        let kinds = catalogue::ALL.iter().filter(|kind| body::has_sensitive(kind));
        let partitions = kinds.map(|kind| Partition::Records(kind.kind)).chain([Partition::History]);
        for partition in partitions {
            let mut after = None;
            loop {
                let page =
                    self.inner.stored_values(realm, partition, after, PAGE).await.map_err(cannot_read)?;
                let Some(last) = page.last() else { break };
                after = Some(last.key.clone());
                for stored_value in &page {
                    let Some((record, json)) = body_in(&stored_value.key, &stored_value.content) else {
                        continue;
                    };
                    let used = body::keys_used(record, json);
                    if used.iter().all(|number| *number == newest) {
                        continue;
                    }
                    let fresh = again(realm, record, json, &keys, newest)?;
                    let update = InPlaceUpdate {
                        key: stored_value.key.clone(),
                        old: stored_value.content.clone(),
                        new: Content::Text(fresh),
                    };
                    let silent = ChangeSet::new(realm, &Actor::System, now);
                    match self.inner.update_in_place(vec![update], silent).await {
                        Ok(_) => done.bodies += 1,
                        // Somebody changed it meanwhile, with the newest key; its past has the old one now. Next time.
                        Err(CommitError::Overtaken) => in_use.extend(used),
                        Err(error) => return Err(error),
                    }
                }
            }
        }
        self.drop_unused(realm, newest, &in_use, now, &mut done).await?;
        Ok(done)
    }

    /// Wraps the data keys of a realm by the present master key, those that an earlier one wrapped: all of them, and the
    /// entry of the journal that tells of it, in one commit. Says how many.
    ///
    /// # Errors
    ///
    /// [`CommitError::Unavailable`], also if a data key opens with none of the master keys given.
    pub async fn rewrap(&self, realm: Realm, at: DateTime<Utc>) -> Result<u32, CommitError> {
        loop {
            self.load(realm).await.map_err(cannot_read)?;
            let mut again = Vec::new();
            for key in self.inner.data_keys(realm).await.map_err(cannot_read)? {
                if let Some(new) = self.master.wrap_again(realm, &key).map_err(broken)? {
                    let (old, new) = (Content::Bytes(key.wrapped), Content::Bytes(new));
                    again.push(InPlaceUpdate { key: StoredValueKey::DataKey(key.number), old, new });
                }
            }
            let keys = u32::try_from(again.len()).unwrap_or(u32::MAX);
            if keys == 0 {
                return Ok(0);
            }
            let mut told = ChangeSet::new(realm, &Actor::System, at);
            told.event(PrivacyEvent::KeysRewrapped { keys }, realm.record());
            match self.inner.update_in_place(again, told).await {
                Ok(_) => return Ok(keys),
                // Somebody else was there meanwhile: look again.
                Err(CommitError::Overtaken) => {}
                Err(error) => return Err(error),
            }
        }
    }

    async fn drop_unused(
        &self,
        realm: Realm,
        newest: u32,
        in_use: &BTreeSet<u32>,
        now: DateTime<Utc>,
        done: &mut Reencrypted,
    ) -> Result<(), CommitError> {
        let stored = self.inner.data_keys(realm).await.map_err(cannot_read)?;
        let settled = stored.iter().any(|key| key.number == newest && key.made_at + GRACE <= now);
        if !settled || done.bodies > 0 {
            // Another round must find nothing before anything is dropped.
            return Ok(());
        }
        for key in stored.iter().filter(|key| key.number < newest && !in_use.contains(&key.number)) {
            self.inner.drop_data_key(realm, key.number).await?;
            done.dropped.push(key.number);
        }
        self.forget(realm);
        Ok(())
    }

    /// Encrypts what is sensitive in the records of a change set, with the newest key, which is made if there is none.
    async fn sealed(&self, mut changes: ChangeSet) -> Result<ChangeSet, CommitError> {
        if !changes.written_bodies().any(|(record, json)| body::holds_any(record, json)) {
            return Ok(changes);
        }
        let realm = changes.realm();
        let mut keys = self.load(realm).await.map_err(cannot_read)?;
        if keys.is_empty() {
            match self.add(realm, 1, changes.at()).await {
                // If somebody else was faster, theirs is as good.
                Ok(()) | Err(CommitError::Overtaken) => keys = self.load(realm).await.map_err(cannot_read)?,
                Err(error) => return Err(error),
            }
        }
        let (number, key) = keys.last_key_value().ok_or_else(|| no_key(realm))?;
        changes
            .replace_bodies(|record, json| body::seal(realm, record, json, (*number, key)).map_err(broken))?;
        Ok(changes)
    }

    /// Encrypts what is sensitive in a body.
    async fn sealed_body(&self, realm: Realm, record: RecordRef, json: &str) -> Result<String, CommitError> {
        let keys = self.load(realm).await.map_err(cannot_read)?;
        let (number, key) = keys.last_key_value().ok_or_else(|| no_key(realm))?;
        let sealed = body::seal(realm, record, json, (*number, key)).map_err(broken)?;
        Ok(sealed.unwrap_or_else(|| json.to_owned()))
    }

    /// Decrypts what is sensitive in a body.
    async fn opened(&self, realm: Realm, record: RecordRef, json: &mut String) -> Result<(), ReadError> {
        if body::keys_used(record, json).is_empty() {
            return Ok(());
        }
        let corrupt = |CannotSeal| ReadError::Corrupt {
            record,
            detail: "a sensitive value cannot be decrypted: its key is gone, or it was tampered with"
                .to_owned(),
        };
        let known = self.known(realm);
        let has_all = |keys: &Keys, json: &str| {
            body::keys_used(record, json).iter().all(|number| keys.contains_key(number))
        };
        // A key may be newer than what was read of them before.
        let keys = match known {
            Some(keys) if has_all(&keys, json) => keys,
            Some(_) | None => self.load(realm).await?,
        };
        if let Some(opened) = body::open(realm, record, json, &|number| keys.get(&number)).map_err(corrupt)? {
            *json = opened;
        }
        Ok(())
    }

    async fn add(&self, realm: Realm, number: u32, at: DateTime<Utc>) -> Result<(), CommitError> {
        let key = DataKey::random().map_err(broken)?;
        let wrapped = self.master.wrap(realm, number, &key).map_err(broken)?;
        self.inner.add_data_key(realm, WrappedKey { number, wrapped, made_at: at }).await?;
        self.forget(realm);
        Ok(())
    }

    /// Reads and opens the keys of a realm.
    async fn load(&self, realm: Realm) -> Result<Keys, ReadError> {
        let mut keys = BTreeMap::new();
        for wrapped in self.inner.data_keys(realm).await? {
            let key = self.master.unwrap(realm, &wrapped).ok_or_else(|| {
                let whose = match realm {
                    Realm::Programme(programme) => programme.to_string(),
                    Realm::Installation => "the installation".to_owned(),
                };
                ReadError::Unavailable(Unavailable::OtherMasterKey { number: wrapped.number, whose })
            })?;
            keys.insert(wrapped.number, key);
        }
        let keys = Arc::new(keys);
        let mut opened = self.opened.write().unwrap_or_else(PoisonError::into_inner);
        opened.insert(realm.uuid(), Arc::clone(&keys));
        Ok(keys)
    }

    fn known(&self, realm: Realm) -> Option<Keys> {
        self.opened.read().unwrap_or_else(PoisonError::into_inner).get(&realm.uuid()).cloned()
    }

    fn forget(&self, realm: Realm) {
        self.opened.write().unwrap_or_else(PoisonError::into_inner).remove(&realm.uuid());
    }
}

/// A body with its values under the newest key.
fn again(
    realm: Realm,
    record: RecordRef,
    json: &str,
    keys: &Keys,
    newest: u32,
) -> Result<String, CommitError> {
    let key = keys.get(&newest).ok_or_else(|| no_key(realm))?;
    let opened = body::open(realm, record, json, &|number| keys.get(&number)).map_err(broken)?;
    let opened = opened.unwrap_or_else(|| json.to_owned());
    let sealed = body::seal(realm, record, &opened, (newest, key)).map_err(broken)?;
    Ok(sealed.unwrap_or(opened))
}

/// The body that a stored value holds, if it is one of a record.
fn body_in<'a>(key: &StoredValueKey, content: &'a Content) -> Option<(RecordRef, &'a str)> {
    match (key, content) {
        (StoredValueKey::Record(record, _) | StoredValueKey::Past(record, _), Content::Text(json)) => {
            Some((*record, json))
        }
        (_, Content::Text(_) | Content::Bytes(_) | Content::Entry(_)) => None,
    }
}

fn cannot_read(error: ReadError) -> CommitError {
    match error {
        ReadError::Unavailable(unavailable) => unavailable.into(),
        ReadError::Cursor | ReadError::Condition(_) | ReadError::Corrupt { .. } => {
            Unavailable::Failed(error.to_string()).into()
        }
    }
}

fn broken(_: CannotSeal) -> CommitError {
    Unavailable::Failed("a sensitive value can be neither encrypted nor decrypted".to_owned()).into()
}

fn no_key(realm: Realm) -> CommitError {
    Unavailable::Failed(format!("{realm:?} has no data key")).into()
}
