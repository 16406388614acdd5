//! Proving that the journals are as they were committed.

use sister_cities_domain::access::{Caller, Scope, may};
use sister_cities_domain::id::{ProgrammeId, RecordKind, RecordRef};
use sister_cities_domain::programme::Programme;
use sister_cities_domain::value::Name;
use sister_cities_storage::Realm;
use sister_cities_storage::audit::{AuditError, Fault, Verified};
use sister_cities_storage::erasure::realms;

use crate::{App, AppError};

/// What walking one journal came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalAudit {
    /// Whose journal; none for that of the installation.
    pub programme: Option<ProgrammeId>,
    /// What the programme is called.
    pub called: Option<Name>,
    /// Whole, or the first fault.
    pub result: Result<Verified, Fault>,
}

impl App {
    /// Walks the journal of each programme and that of the installation, from the beginning to the end.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `admin` everywhere. A fault is no error but what was asked for.
    pub async fn audit_journals(&self, caller: &Caller) -> Result<Vec<JournalAudit>, AppError> {
        everywhere(caller)?;
        let mut audits = Vec::new();
        for realm in realms(self.database()).await? {
            let store = self.database().realm(realm);
            let result = match store.verify_journal().await {
                Ok(verified) => Ok(verified),
                Err(AuditError::Fault(fault)) => Err(fault),
                Err(AuditError::Read(error)) => return Err(error.into()),
                Err(other) => return Err(AppError::audit(&other)),
            };
            let (programme, title) = match realm {
                Realm::Installation => (None, None),
                Realm::Programme(id) => {
                    (Some(id), store.get::<Programme>(id).await?.map(|programme| programme.value.name))
                }
            };
            audits.push(JournalAudit { programme, called: title, result });
        }
        Ok(audits)
    }
}

/// Lets in who may do everything in every programme.
pub(super) fn everywhere(caller: &Caller) -> Result<(), AppError> {
    let installation = RecordRef { kind: RecordKind::Programme, id: Realm::Installation.uuid() };
    may(&caller.grant, Scope::Admin, None).map_err(|denied| AppError::denied(denied, installation))
}
