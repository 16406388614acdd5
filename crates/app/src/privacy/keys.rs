//! Keys of sensitive values: new ones, and bringing what is stored to the newest.

use sister_cities_domain::access::Caller;
use sister_cities_storage::Unavailable;
use sister_cities_storage::erasure::realms;
use sister_cities_storage::vault::Vault;

use super::audit::everywhere;
use crate::{App, AppError};

impl App {
    /// Makes a new data key for each programme and the installation; what is stored follows in the background.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `admin` everywhere; [`AppError::Unavailable`] without a master key.
    pub async fn rotate_keys(&self, caller: &Caller) -> Result<usize, AppError> {
        everywhere(caller)?;
        let vault = self.vault()?;
        let realms = realms(self.database()).await?;
        for realm in &realms {
            vault.rotate(*realm, self.clock().now()).await?;
        }
        Ok(realms.len())
    }

    /// Wraps the data keys of every programme and the installation by the present master key, where an earlier one did; says how
    /// many. Each programme is done as a whole, and doing it again goes on where it ended.
    ///
    /// # Errors
    ///
    /// As [`rotate_keys`](Self::rotate_keys); [`AppError::Unavailable`] also for a key that opens with none of the master keys.
    pub async fn rewrap_keys(&self, caller: &Caller) -> Result<u32, AppError> {
        everywhere(caller)?;
        let vault = self.vault()?;
        let mut keys = 0;
        for realm in realms(self.database()).await? {
            keys += vault.rewrap(realm, self.clock().now()).await?;
        }
        Ok(keys)
    }

    /// Brings sensitive values to the newest key of their programme, and drops keys that nothing needs any more; says how many
    /// bodies were brought. A background task: it takes no input, may run at any time, and doing it again does nothing.
    ///
    /// # Errors
    ///
    /// [`AppError::Unavailable`]; what was done by then is done.
    pub async fn tend_keys(&self) -> Result<u64, AppError> {
        let Some(vault) = self.database().vault() else { return Ok(0) };
        let mut bodies = 0;
        for realm in realms(self.database()).await? {
            let done = vault.reencrypt(realm, self.clock().now()).await?;
            bodies += done.bodies;
            if !done.dropped.is_empty() {
                tracing::info!(?realm, keys = ?done.dropped, "dropped keys that nothing is encrypted with");
            }
        }
        Ok(bodies)
    }

    /// What encrypts and decrypts sensitive values.
    ///
    /// # Errors
    ///
    /// [`AppError::Unavailable`] if the installation has no master key.
    pub(crate) fn vault(&self) -> Result<&Vault, AppError> {
        let vault = self.database().vault().map(AsRef::as_ref);
        vault.ok_or(AppError::Unavailable(Unavailable::NoMasterKey))
    }
}
