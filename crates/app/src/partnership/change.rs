//! Adding to what is recorded of a partnership, and choosing among its sources. Nothing is taken away.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PartnershipId, ProgrammeId};
use sister_cities_domain::partnership::{Partnership, PartnershipEvent, Record, SideLabel};
use sister_cities_domain::value::{Claim, Note, PartialDate, Source};
use sister_cities_storage::{Revision, Versioned};

use super::PartnershipWithPlaces;
use super::create::stating_persons_exist;
use super::read::{check_clash, places_of};
use crate::command::Command;
use crate::{App, AppError, CommandOutcome, IdempotentReply};

/// What to add to a partnership.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartnershipAddition {
    /// To its episodes.
    pub episodes: Vec<EpisodeAddition>,
    /// Notes.
    pub notes: Vec<Note>,
}

/// What to add to one episode.
#[derive(Clone, Debug, PartialEq)]
pub struct EpisodeAddition {
    /// Which, from 0, in the order in which they were entered.
    pub episode: usize,
    /// What a side calls it.
    pub labels: Vec<SideLabel>,
    /// Where it is attested.
    pub sources: Vec<Source>,
    /// What sources say of its beginning.
    pub began: Vec<Claim<PartialDate>>,
    /// What a source says of its end, while another episode goes on.
    pub ended: Option<Claim<PartialDate>>,
    /// Which claim of its beginning to choose, from 0, after the additions.
    pub choose_beginning: Option<usize>,
}

impl EpisodeAddition {
    /// An addition to that episode with nothing in it yet.
    #[must_use]
    pub const fn to(episode: usize) -> Self {
        Self {
            episode,
            labels: Vec::new(),
            sources: Vec::new(),
            began: Vec::new(),
            ended: None,
            choose_beginning: None,
        }
    }

    fn apply(self, mut story: Story) -> Result<Story, AppError> {
        let episode = self.episode;
        for label in self.labels {
            story = story.then(|partnership| partnership.label(episode, label))?;
        }
        for source in self.sources {
            story = story.then(|partnership| partnership.attest(episode, source))?;
        }
        for Claim { value, source } in self.began {
            story = story.then(|partnership| partnership.claim_beginning(episode, value, source))?;
        }
        if let Some(Claim { value, source }) = self.ended {
            story = story.then(|partnership| partnership.end_episode(episode, value, source))?;
        }
        if let Some(claim) = self.choose_beginning {
            story = story.then(|partnership| partnership.choose_beginning(episode, claim))?;
        }
        Ok(story)
    }
}

/// A partnership and what happened to it so far.
struct Story {
    partnership: Partnership,
    events: Vec<PartnershipEvent>,
}

impl Story {
    /// One step further. A step that leaves everything as it was is not told.
    fn then<E: Into<AppError>>(
        mut self,
        step: impl FnOnce(Partnership) -> Result<(Partnership, PartnershipEvent), E>,
    ) -> Result<Self, AppError> {
        let (after, event) = step(self.partnership.clone()).map_err(Into::into)?;
        if after != self.partnership {
            self.events.push(event);
            self.partnership = after;
        }
        Ok(self)
    }
}

impl App {
    /// Adds to a partnership that was read at `revision`. What it holds already is not added again.
    ///
    /// # Errors
    ///
    /// [`AppError::Refused`] if there is no such episode or claim, or a date contradicts the history; [`AppError::NotFound`];
    /// [`AppError::Stale`]; [`AppError::Forbidden`] without `partnership:write`.
    pub async fn change_partnership(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        partnership: PartnershipId,
        revision: Revision,
        addition: PartnershipAddition,
    ) -> Result<PartnershipWithPlaces, AppError> {
        let command = self.command(caller, Scope::PartnershipWrite, programme)?;
        let add = |before| {
            let mut story = Story { partnership: before, events: Vec::new() };
            for episode in addition.episodes {
                story = episode.apply(story)?;
            }
            for note in addition.notes {
                story = story.then(|partnership| Ok::<_, AppError>(partnership.note(note)))?;
            }
            Ok((story.partnership, story.events))
        };
        change(command, (partnership, revision), add, IdempotentReply::NONE).await?.executed()
    }

    /// States for which periods the log of a partnership is believed complete, in place of what was stated before.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if the programme has no record of who states it; [`AppError::NotFound`]; [`AppError::Stale`];
    /// [`AppError::Forbidden`] without `partnership:write`.
    pub async fn set_record(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        partnership: PartnershipId,
        revision: Revision,
        record: Record,
    ) -> Result<PartnershipWithPlaces, AppError> {
        let command = self.command(caller, Scope::PartnershipWrite, programme)?;
        stating_persons_exist(&command, &record, "/periods").await?;
        let state = |before: Partnership| {
            if *before.record() == record {
                return Ok((before, Vec::new()));
            }
            let (after, event) = before.state_record(record);
            Ok((after, vec![event]))
        };
        change(command, (partnership, revision), state, IdempotentReply::NONE).await?.executed()
    }
}

/// What every change of a partnership does: load, decide, commit with the events. Without events nothing is written.
pub(super) async fn change(
    mut command: Command<'_>,
    (id, revision): (PartnershipId, Revision),
    decide: impl FnOnce(Partnership) -> Result<(Partnership, Vec<PartnershipEvent>), AppError> + Send,
    reply: IdempotentReply<'_, PartnershipWithPlaces>,
) -> Result<CommandOutcome<PartnershipWithPlaces>, AppError> {
    let before = command.load_at::<Partnership>(id, revision).await?;
    let places = places_of(&command.store, before.value.members()).await?;
    let episodes = before.value.episodes().to_vec();
    let (after, events) = decide(before.value)?;
    if after.episodes() != episodes {
        check_clash(&command.store, &after).await?;
    }
    if events.is_empty() {
        let partnership = Versioned { value: after, revision };
        return Ok(CommandOutcome::Executed(PartnershipWithPlaces { partnership, places }));
    }
    let partnership = command.update_by(after, revision, events);
    command.commit(PartnershipWithPlaces { partnership, places }, reply).await
}
