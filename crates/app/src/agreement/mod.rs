//! Drafting and recording agreements, taking them further step by step, and reading them.

mod create;
mod step;
mod text;

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::agreement::Agreement;
use sister_cities_domain::id::ProgrammeId;
use sister_cities_storage::{Listing, Page};

use crate::{App, AppError, Times};

pub use create::{AgreementText, NewAgreement, Origin};
pub use step::AgreementStep;

impl App {
    /// Lists agreements; as of a day, those that were, or may have been, in force on it.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_agreements(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        listing: Listing<Agreement>,
        Times { as_of, recorded_at }: Times,
    ) -> Result<Page<Agreement>, AppError> {
        let (needed, after) = (Scope::ProgrammeRead, listing.after.as_ref());
        let context = self.authorize_as_recorded(caller, needed, programme, recorded_at, after).await?;
        match as_of {
            None => Ok(context.store.list(&listing).await?),
            Some(day) => {
                context.list_where(listing, |agreement| agreement.in_force_on(day).is_possible()).await
            }
        }
    }
}
