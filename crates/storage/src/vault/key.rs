//! Keys: the master key of the installation, and a data key per programme that only it opens.

use std::fmt;

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use sha2::{Digest as _, Sha256};

use crate::{CommitError, ReadFuture, Realm};

/// How long a key is, in bytes.
pub(super) const KEY_BYTES: usize = 32;
/// How long a nonce of XChaCha20-Poly1305 is, in bytes.
pub(super) const NONCE_BYTES: usize = 24;

/// The key of the installation. It opens the data keys and encrypts nothing else, and is stored nowhere by this program.
///
/// While it is changed for another, it may have the earlier ones with it: they open what they wrapped, and wrap nothing any more.
#[derive(Clone, PartialEq, Eq)]
pub struct MasterKey {
    present: [u8; KEY_BYTES],
    earlier: Vec<[u8; KEY_BYTES]>,
}

/// Why a text is no master key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadMasterKey {
    /// It is not 64 hexadecimal digits.
    #[error("a key is 64 hexadecimal digits, as `openssl rand -hex 32` makes them")]
    Form,
    /// It is one that anybody would try first.
    #[error("this key is not random: make one with `openssl rand -hex 32`")]
    NotRandom,
}

impl MasterKey {
    /// Reads a key as a file or a setting holds it.
    ///
    /// # Errors
    ///
    /// [`BadMasterKey`], also for a key with fewer than 12 different bytes: 32 random ones have fewer than once in 10^15.
    pub fn from_text(text: &str) -> Result<Self, BadMasterKey> {
        let text = text.trim();
        let key = from_hex(text).and_then(|bytes| <[u8; KEY_BYTES]>::try_from(bytes).ok());
        let key = key.ok_or(BadMasterKey::Form)?;
        let counts_up = key.windows(2).all(|pair| pair[1] == pair[0].wrapping_add(1));
        let distinct: std::collections::BTreeSet<u8> = key.iter().copied().collect();
        if counts_up || distinct.len() < 12 {
            return Err(BadMasterKey::NotRandom);
        }
        Ok(Self { present: key, earlier: Vec::new() })
    }

    /// The key that wraps.
    pub(super) const fn present(&self) -> &[u8; KEY_BYTES] {
        &self.present
    }

    /// With an earlier one, which still opens what it wrapped.
    #[must_use]
    pub fn after(mut self, earlier: Self) -> Self {
        self.earlier.push(earlier.present);
        self.earlier.extend(earlier.earlier);
        self
    }

    /// Wraps a data key for one realm, under one number.
    pub(super) fn wrap(&self, realm: Realm, number: u32, key: &DataKey) -> Result<Vec<u8>, CannotSeal> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| CannotSeal)?;
        let payload = Payload { msg: &key.0, aad: &key_context(realm, number) };
        let cipher = XChaCha20Poly1305::new(&self.present.into());
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| CannotSeal)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Wraps a data key again that an earlier key wrapped; none for one that it wrapped itself.
    pub(super) fn wrap_again(
        &self,
        realm: Realm,
        stored: &WrappedKey,
    ) -> Result<Option<Vec<u8>>, CannotSeal> {
        if unwrap(&self.present, realm, stored).is_some() {
            return Ok(None);
        }
        let key = self.unwrap(realm, stored).ok_or(CannotSeal)?;
        self.wrap(realm, stored.number, &key).map(Some)
    }

    /// Whether it opens a data key.
    #[must_use]
    pub(crate) fn opens(&self, realm: Realm, wrapped: &WrappedKey) -> bool {
        self.unwrap(realm, wrapped).is_some()
    }

    /// Wraps a data key that this key opens for another; none if it does not open it. The same key for the same other gives the
    /// same bytes, so that two archives of the same are equal.
    pub(crate) fn wrap_for(&self, other: &Self, realm: Realm, wrapped: &WrappedKey) -> Option<WrappedKey> {
        let key = self.unwrap(realm, wrapped)?;
        let context = key_context(realm, wrapped.number);
        // A keyed digest of what is wrapped, so that it repeats only with it.
        let digest = Sha256::new()
            .chain_update(b"sister-cities transfer nonce 1")
            .chain_update(other.present)
            .chain_update(&context)
            .chain_update(key.0)
            .finalize();
        let mut nonce = [0; NONCE_BYTES];
        // Digested again under the key, so that the inner digest is never seen.
        nonce.copy_from_slice(
            &Sha256::new().chain_update(other.present).chain_update(digest).finalize()[..NONCE_BYTES],
        );
        let payload = Payload { msg: &key.0, aad: &context };
        let cipher = XChaCha20Poly1305::new(&other.present.into());
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload).ok()?;
        Some(WrappedKey { wrapped: [nonce.as_slice(), &sealed].concat(), ..wrapped.clone() })
    }

    /// Opens a data key; none if it was wrapped by another master key, for another realm or number, or tampered with.
    pub(super) fn unwrap(&self, realm: Realm, wrapped: &WrappedKey) -> Option<DataKey> {
        std::iter::once(&self.present).chain(&self.earlier).find_map(|key| unwrap(key, realm, wrapped))
    }
}

fn unwrap(master: &[u8; KEY_BYTES], realm: Realm, wrapped: &WrappedKey) -> Option<DataKey> {
    let (nonce, sealed) = wrapped.wrapped.split_first_chunk::<NONCE_BYTES>()?;
    let payload = Payload { msg: sealed, aad: &key_context(realm, wrapped.number) };
    let cipher = XChaCha20Poly1305::new(&(*master).into());
    let opened = cipher.decrypt(&XNonce::from(*nonce), payload).ok()?;
    opened.try_into().ok().map(DataKey)
}

/// Nothing of the key is shown.
impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(***)")
    }
}

fn key_context(realm: Realm, number: u32) -> Vec<u8> {
    [b"sister-cities data key 1".as_slice(), realm.uuid().as_bytes(), &number.to_be_bytes()].concat()
}

/// A data key as it is stored: opened by the master key only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedKey {
    /// Its number in its realm, from 1; the greatest is the one that encrypts.
    pub number: u32,
    /// The wrapped key.
    pub wrapped: Vec<u8>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
}

/// The key that encrypts the sensitive values of one realm.
#[derive(Clone)]
pub(super) struct DataKey([u8; KEY_BYTES]);

impl From<[u8; KEY_BYTES]> for DataKey {
    fn from(bytes: [u8; KEY_BYTES]) -> Self {
        Self(bytes)
    }
}

/// A value could not be encrypted: the system has no random bytes to give, or it is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CannotSeal;

impl DataKey {
    /// What other keys follow from.
    pub(super) const fn bytes(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    pub(super) fn random() -> Result<Self, CannotSeal> {
        let mut key = [0; KEY_BYTES];
        getrandom::fill(&mut key).map_err(|_| CannotSeal)?;
        Ok(Self(key))
    }

    /// Encrypts a text for one place. The same text in the same place gives the same bytes, so that an update that leaves it
    /// alone changes nothing; in any other place, and under any other key, other ones.
    pub(super) fn seal(&self, text: &str, place: &[u8]) -> Result<Vec<u8>, CannotSeal> {
        // The nonce is a keyed digest of place and text, so it repeats only with both.
        let digest = Sha256::new()
            .chain_update(b"sister-cities nonce 1")
            .chain_update(self.0)
            .chain_update((place.len() as u64).to_be_bytes())
            .chain_update(place)
            .chain_update(text)
            .finalize();
        let mut nonce = [0; NONCE_BYTES];
        // Digested again under the key, so that the inner digest is never seen.
        nonce.copy_from_slice(
            &Sha256::new().chain_update(self.0).chain_update(digest).finalize()[..NONCE_BYTES],
        );
        let payload = Payload { msg: text.as_bytes(), aad: place };
        let cipher = XChaCha20Poly1305::new(&self.0.into());
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| CannotSeal)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts what was encrypted for that place; none if it was not, or was tampered with.
    pub(super) fn open(&self, sealed: &[u8], place: &[u8]) -> Option<String> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload { msg: sealed, aad: place };
        let cipher = XChaCha20Poly1305::new(&self.0.into());
        let opened = cipher.decrypt(&XNonce::from(*nonce), payload).ok()?;
        String::from_utf8(opened).ok()
    }
}

/// Nothing of the key is shown.
impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(***)")
    }
}

/// The data keys of programmes and the key for cursors, wrapped.
pub trait KeyStore: Send + Sync {
    /// Reads the data keys of a realm, wrapped, in the order of their numbers.
    fn data_keys(&self, realm: Realm) -> ReadFuture<'_, Vec<WrappedKey>>;

    /// Stores a data key.
    ///
    /// # Errors
    ///
    /// [`CommitError::Overtaken`] if there is one of that number already; [`CommitError::Unavailable`].
    fn add_data_key(&self, realm: Realm, key: WrappedKey) -> BoxFuture<'_, Result<(), CommitError>>;

    /// Reads the key for cursors as it is stored; none if there is none yet.
    fn cursor_key(&self) -> ReadFuture<'_, Option<Vec<u8>>>;

    /// Stores a key for cursors instead of what was read, or where there was none.
    ///
    /// # Errors
    ///
    /// [`CommitError::Overtaken`] if something else is there by now; [`CommitError::Unavailable`].
    fn put_cursor_key(
        &self,
        new: Vec<u8>,
        instead_of: Option<Vec<u8>>,
    ) -> BoxFuture<'_, Result<(), CommitError>>;

    /// Drops a data key, if it is there. What was encrypted with it can never be read again.
    ///
    /// # Errors
    ///
    /// [`CommitError::Unavailable`].
    fn drop_data_key(&self, realm: Realm, number: u32) -> BoxFuture<'_, Result<(), CommitError>>;
}

/// The bytes that hexadecimal digits stand for, two for each.
pub(super) fn from_hex(digits: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let byte = |pair: &[u8]| match pair {
        [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    };
    digits.as_bytes().chunks(2).map(byte).collect()
}
