//! Stating for which periods the log of a bond is believed complete.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PartnershipId, ProgrammeId};
use sister_cities_domain::partnership::Record;
use sister_cities_storage::Revision;

use super::PartnershipWithPlaces;
use crate::{App, AppError, CommandOutcome, IdempotentReply};

impl App {
    /// States for which periods the log of a bond is believed complete, in place of what was stated before.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Stale`]; [`AppError::Forbidden`] without `partnership:write`.
    pub async fn set_record(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        partnership: PartnershipId,
        revision: Revision,
        record: Record,
        reply: IdempotentReply<'_, PartnershipWithPlaces>,
    ) -> Result<CommandOutcome<PartnershipWithPlaces>, AppError> {
        let context = self.authorize(caller, Scope::PartnershipWrite, programme).await?;
        let state = |before: sister_cities_domain::partnership::Partnership| {
            if *before.record() == record {
                return Ok((before, Vec::new()));
            }
            let (after, event) = before.state_record(record);
            Ok((after, vec![event]))
        };
        self.change_of_partnership(caller, &context, (partnership, revision), state, reply).await
    }
}
