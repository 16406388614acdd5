//! Searching a programme by words.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::ProgrammeId;
use sister_cities_storage::search::{Hits, Search};

use crate::{App, AppError};

impl App {
    /// Finds records by the words of their names, titles and notes.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn search_programme(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        search: &Search,
    ) -> Result<Hits, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        Ok(context.store.search(search).await?)
    }
}
