//! The text of a version: stored if it is the one that the version names, and read again.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::agreement::{Agreement, AgreementEvent, Version, VersionText};
use sister_cities_domain::id::{AgreementId, ProgrammeId};
use sister_cities_domain::value::ContentHash;
use sister_cities_storage::{content_hash, record_ref};

use crate::{App, AppError};

impl App {
    /// Stores the text of a version. The version knows it by its hash, and no other text is taken; the same again changes nothing.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] if there is no such version; [`AppError::Invalid`] if the version names another text, or none;
    /// [`AppError::Forbidden`] without `agreement:write`.
    pub async fn put_version_text(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        agreement: AgreementId,
        version: u32,
        bytes: Vec<u8>,
    ) -> Result<ContentHash, AppError> {
        let mut command = self.command(caller, Scope::AgreementWrite, programme)?;
        let found = command.load::<Agreement>(agreement).await?;
        let text = found.value.version(version).map(Version::text);
        let text = text.ok_or_else(|| AppError::NotFound(record_ref::<Agreement>(agreement)))?;
        let VersionText::Hashed { hash: named } = text else {
            let problem = format!("version {version} names no text");
            return Err(AppError::invalid(
                "",
                problem,
                "a version that names its text by its SHA-256; to one that names none a text is attached",
            ));
        };
        let hash = content_hash(&bytes);
        if hash != *named {
            let expected = format!("the text with the SHA-256 {named}, which version {version} names");
            return Err(AppError::invalid("", format!("has the SHA-256 {hash}"), expected));
        }
        if command.store.document(hash).await?.is_none() {
            command.changes().document(bytes);
            command.record_event(agreement, AgreementEvent::TextStored { version, hash });
            command.commit_once(()).await?;
        }
        Ok(hash)
    }

    /// Reads the document of a version, if it was stored here.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn get_version_text(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        agreement: AgreementId,
        version: u32,
    ) -> Result<Option<Vec<u8>>, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        let found = context.load::<Agreement>(agreement).await?;
        match found.value.version(version).map(Version::text) {
            Some(VersionText::Hashed { hash }) => Ok(context.store.document(*hash).await?),
            Some(_) | None => Ok(None),
        }
    }
}
