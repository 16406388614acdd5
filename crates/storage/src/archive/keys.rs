//! How data keys travel: as they are stored, or wrapped anew for a key that both ends were given. Never opened.

use super::ArchiveError;
use super::manifest::{KeyWrapping, Manifest};
use crate::Realm;
use crate::vault::{MasterKey, WrappedKey};

/// How data keys go from one installation to another.
#[derive(Debug)]
pub(super) enum Transfer {
    /// As they are stored, for whoever has the same master key.
    AsStored,
    /// As they are stored, if this master key opens them.
    OpenedBy(MasterKey),
    /// Wrapped for this key on the way.
    Through {
        /// That of the installation at this end.
        master: MasterKey,
        /// That of the transfer.
        transfer: MasterKey,
    },
}

const NO_MASTER_KEY: &str =
    "the data keys can only be wrapped for a transfer by who has the master key: name its file";
const OTHER_MASTER_KEY: &str = "the data keys of the archive open with another master key than the one given: \
    export again with a transfer key, or give the master key of the installation it was taken from";
const OTHER_TRANSFER_KEY: &str =
    "the data keys of the archive open with another transfer key than the one given";
const TRANSFER_KEY_NEEDED: &str = "the archive was made with a transfer key: name its file";
const TRANSFER_KEY_IDLE: &str = "the archive was not made with a transfer key: leave it out";
const STORED_KEY: &str = "a stored data key was not made with this master key";

impl Transfer {
    /// How keys leave an installation with that master key, if it has one.
    pub(super) fn outbound(
        master: Option<&MasterKey>,
        transfer: Option<&MasterKey>,
    ) -> Result<Self, ArchiveError> {
        match (master, transfer) {
            (_, None) => Ok(Self::AsStored),
            (Some(master), Some(transfer)) => {
                Ok(Self::Through { master: master.clone(), transfer: transfer.clone() })
            }
            (None, Some(_)) => Err(ArchiveError::Keys(NO_MASTER_KEY)),
        }
    }

    /// How keys come in to an installation with that master key, if it has one.
    pub(super) fn inbound(
        manifest: &Manifest,
        master: Option<&MasterKey>,
        transfer: Option<&MasterKey>,
    ) -> Result<Self, ArchiveError> {
        match (manifest.keys, transfer) {
            (KeyWrapping::MasterKey, None) => Ok(master.cloned().map_or(Self::AsStored, Self::OpenedBy)),
            (KeyWrapping::TransferKey, Some(_)) => Self::outbound(master, transfer),
            (KeyWrapping::TransferKey, None) => Err(ArchiveError::Keys(TRANSFER_KEY_NEEDED)),
            (KeyWrapping::MasterKey, Some(_)) => Err(ArchiveError::Keys(TRANSFER_KEY_IDLE)),
        }
    }

    pub(super) const fn wrapping(&self) -> KeyWrapping {
        match self {
            Self::AsStored | Self::OpenedBy(_) => KeyWrapping::MasterKey,
            Self::Through { .. } => KeyWrapping::TransferKey,
        }
    }

    /// A key as it is written into an archive. The same key is written the same each time.
    pub(super) fn outward(&self, realm: Realm, key: WrappedKey) -> Result<WrappedKey, ArchiveError> {
        match self {
            Self::AsStored => Ok(key),
            Self::OpenedBy(master) if master.opens(realm, &key) => Ok(key),
            Self::OpenedBy(_) => Err(ArchiveError::Keys(STORED_KEY)),
            Self::Through { master, transfer } => {
                master.wrap_for(transfer, realm, &key).ok_or(ArchiveError::Keys(STORED_KEY))
            }
        }
    }

    /// A key as it is stored, out of an archive.
    pub(super) fn inward(&self, realm: Realm, key: WrappedKey) -> Result<WrappedKey, ArchiveError> {
        match self {
            Self::AsStored => Ok(key),
            Self::OpenedBy(master) if master.opens(realm, &key) => Ok(key),
            Self::OpenedBy(_) => Err(ArchiveError::Keys(OTHER_MASTER_KEY)),
            Self::Through { master, transfer } => {
                transfer.wrap_for(master, realm, &key).ok_or(ArchiveError::Keys(OTHER_TRANSFER_KEY))
            }
        }
    }
}
