//! Deleting the record of an engagement.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{EngagementId, ProgrammeId};
use sister_cities_storage::Revision;

use crate::command::{based_on, tell};
use crate::{App, AppError, Done, Keep};

impl App {
    /// Deletes an engagement that was read at `revision`. The journal and the history keep it.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Stale`]; [`AppError::Forbidden`] without `engagement:write`.
    pub async fn delete_engagement(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        engagement: EngagementId,
        revision: Revision,
        keep: Keep<'_, ()>,
    ) -> Result<Done<()>, AppError> {
        let entered = self.enter(caller, Scope::EngagementWrite, programme).await?;
        let before = entered.load::<Engagement>(engagement).await?;
        based_on(engagement, &before, revision)?;
        let mut changes = self.changes(programme, caller);
        changes.delete::<Engagement>(engagement, revision);
        tell(&mut changes, engagement, before.value.deleted());
        self.commit(changes, (), keep).await
    }
}
