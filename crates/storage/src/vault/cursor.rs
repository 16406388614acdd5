//! The key under which positions in lists are handed out: one for the installation, kept in the database, so that cursors outlive a restart and
//! are good at every server.
//!
//! It is wrapped by the master key like the data keys. Where there is no master key it lies there as it is: whoever has the database could make a
//! cursor, and learns nothing by it that the database does not say.

use chrono::DateTime;

use super::key::{BadMasterKey, DataKey, KEY_BYTES, MasterKey, WrappedKey};
use super::{broken, cannot_read};
use crate::{CommitError, Database, Realm};

/// The number under which it is wrapped, which no data key has.
const NUMBER: u32 = 0;

/// The key for cursors. Nothing of it is shown.
#[derive(Clone, PartialEq, Eq)]
pub struct CursorKey([u8; KEY_BYTES]);

impl CursorKey {
    /// Reads a key as a file holds it: 64 random hexadecimal digits.
    ///
    /// # Errors
    ///
    /// [`BadMasterKey`], as for a master key.
    pub fn from_text(text: &str) -> Result<Self, BadMasterKey> {
        Ok(Self(*MasterKey::from_text(text)?.present()))
    }

    /// The key itself.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }
}

impl std::fmt::Debug for CursorKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CursorKey(***)")
    }
}

impl Database {
    /// The key for cursors, the same for every server on this database. One is drawn where there is none, and where the one that is there opens with
    /// none of the master keys given: cursors from before are then refused, and nothing else.
    ///
    /// # Errors
    ///
    /// [`CommitError::Unavailable`], also if the system gives no random bytes.
    pub async fn cursor_key(&self) -> Result<CursorKey, CommitError> {
        let master = self.vault().map(|vault| vault.master());
        loop {
            let stored = self.store().cursor_key().await.map_err(cannot_read)?;
            let opened = stored.as_deref().and_then(|stored| open(master, stored));
            let key = match &opened {
                Some(opened) => opened.key.clone(),
                None => DataKey::random().map_err(broken)?,
            };
            if !opened.is_some_and(|opened| opened.is_current) {
                let put = self.store().put_cursor_key(close(master, &key)?, stored).await;
                match put {
                    Ok(()) => {}
                    // Somebody was faster: theirs is the one.
                    Err(CommitError::Overtaken) => continue,
                    Err(error) => return Err(error),
                }
            }
            return Ok(CursorKey(*key.bytes()));
        }
    }
}

/// A key as it was read.
struct Opened {
    key: DataKey,
    /// Whether it lies there as this installation would store it.
    is_current: bool,
}

fn open(master: Option<&MasterKey>, stored: &[u8]) -> Option<Opened> {
    let plain = <[u8; KEY_BYTES]>::try_from(stored).ok().map(DataKey::from);
    let Some(master) = master else {
        return plain.map(|key| Opened { key, is_current: true });
    };
    if let Some(key) = plain {
        return Some(Opened { key, is_current: false });
    }
    let wrapped = as_wrapped(stored);
    let key = master.unwrap(Realm::Installation, &wrapped)?;
    let again = master.wrap_again(Realm::Installation, &wrapped).ok()?;
    Some(Opened { key, is_current: again.is_none() })
}

fn close(master: Option<&MasterKey>, key: &DataKey) -> Result<Vec<u8>, CommitError> {
    match master {
        Some(master) => master.wrap(Realm::Installation, NUMBER, key).map_err(broken),
        None => Ok(key.bytes().to_vec()),
    }
}

fn as_wrapped(stored: &[u8]) -> WrappedKey {
    WrappedKey { number: NUMBER, wrapped: stored.to_vec(), made_at: DateTime::UNIX_EPOCH }
}
