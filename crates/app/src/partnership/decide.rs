//! Recording a decision about a partnership.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PartnershipId, ProgrammeId};
use sister_cities_domain::partnership::{Decision, Episode, Partnership, PartnershipEvent};
use sister_cities_domain::programme::{KindCatalogue, Programme};
use sister_cities_domain::value::Name;
use sister_cities_storage::Revision;

use super::PartnershipWithPlaces;
use super::change::change;
use super::create::known_kind;
use crate::{App, AppError, CommandOutcome, IdempotentReply};

/// A decision to record.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum NewDecision {
    /// To agree, on the first episode or a further one.
    Agree {
        /// What was agreed.
        episode: Episode,
        /// Who decided.
        authority: Option<Name>,
    },
    /// Anything else.
    Other(Decision),
}

impl NewDecision {
    /// Enters it into the history of a partnership.
    pub(super) fn apply(
        self,
        partnership: Partnership,
        kinds: &KindCatalogue,
        path: &str,
    ) -> Result<(Partnership, PartnershipEvent), AppError> {
        match self {
            Self::Agree { episode, authority } => {
                known_kind(kinds, &episode, &format!("{path}/episode"))?;
                Ok(partnership.agree(episode, authority)?)
            }
            Self::Other(decision) => Ok(partnership.decide(decision)?),
        }
    }
}

impl App {
    /// Records a decision about a partnership that was read at `revision`.
    ///
    /// # Errors
    ///
    /// [`AppError::Refused`] if the state machine has no such step from where the partnership stood then; [`AppError::Invalid`] for an
    /// unknown kind; [`AppError::NotFound`]; [`AppError::Stale`]; [`AppError::Forbidden`] without `partnership:write`.
    pub async fn decide_partnership(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        partnership: PartnershipId,
        revision: Revision,
        decision: NewDecision,
        reply: IdempotentReply<'_, PartnershipWithPlaces>,
    ) -> Result<CommandOutcome<PartnershipWithPlaces>, AppError> {
        let command = self.command(caller, Scope::PartnershipWrite, programme)?;
        let kinds = command.load::<Programme>(programme).await?.value.kinds;
        let decide = |before| decision.apply(before, &kinds, "").map(|(after, event)| (after, vec![event]));
        change(command, (partnership, revision), decide, reply).await
    }
}
