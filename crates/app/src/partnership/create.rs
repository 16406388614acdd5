//! Entering a partnership.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PartnershipId, PlaceId, ProgrammeId};
use sister_cities_domain::partnership::{
    Decision, Episode, InvalidMembers, Members, Partnership, PartnershipEvent, Record,
};
use sister_cities_domain::person::Person;
use sister_cities_domain::programme::{KindCatalogue, Programme};
use sister_cities_domain::value::{Name, Note};

use super::read::{check_clash, places_of};
use super::{NewDecision, PartnershipWithPlaces};
use crate::command::Command;
use crate::{App, AppError, CommandOutcome, IdempotentReply};

/// What a new partnership is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct NewPartnership {
    /// The places it binds, two or more, each once.
    pub members: Vec<PlaceId>,
    /// How it begins.
    pub beginning: Beginning,
    /// What was decided since, in the order in which it is to be entered.
    pub decisions: Vec<NewDecision>,
    /// For which periods its log is believed complete.
    pub record: Record,
    /// Notes.
    pub notes: Vec<Note>,
}

/// How a partnership begins.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Beginning {
    /// With an agreement: the usual way in which an office's list is taken over.
    Agreed {
        /// What was agreed.
        episode: Episode,
        /// Who decided.
        authority: Option<Name>,
    },
    /// With a request.
    Enquired(Decision),
}

impl App {
    /// Enters a partnership.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `partnership:write`; [`AppError::Invalid`] if a member is no place of the programme or a
    /// kind is not in its catalogue; [`AppError::Refused`] if a decision is not possible where it stands;
    /// [`AppError::Conflict`] if these places have an open partnership already, [`AppError::Clash`] if a past one overlaps (R1).
    pub async fn create_partnership(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        request: NewPartnership,
        reply: IdempotentReply<'_, PartnershipWithPlaces>,
    ) -> Result<CommandOutcome<PartnershipWithPlaces>, AppError> {
        let mut command = self.command(caller, Scope::PartnershipWrite, programme)?;
        let kinds = command.load::<Programme>(programme).await?.value.kinds;
        let members = members(&request.members)?;
        let places = places_of(&command.store, &members).await?;
        for (at, member) in request.members.iter().enumerate() {
            if !places.iter().any(|place| place.id == *member) {
                return Err(AppError::missing(&format!("/members/{at}"), (*member).into()));
            }
        }
        stating_persons_exist(&command, &request.record, "/record").await?;
        let id = PartnershipId::next(self.ids());
        let (partnership, events) = begin(id, programme, members, request, &kinds)?;
        check_clash(&command.store, &partnership).await?;
        let partnership = command.create_by(partnership, events);
        command.commit(PartnershipWithPlaces { partnership, places }, reply).await
    }
}

/// Refuses statements on the record whose persons the programme keeps no records of; `pointer` is where they are in the request.
pub(super) async fn stating_persons_exist(
    command: &Command<'_>,
    record: &Record,
    pointer: &str,
) -> Result<(), AppError> {
    let path = |at| format!("{pointer}/{at}/stated_by_person");
    let statements = record.statements().iter().enumerate();
    let named = statements.filter_map(|(at, one)| one.stated_by_person.map(|id| (path(at), id)));
    command.refuse_missing::<Person>(named.collect()).await
}

fn begin(
    id: PartnershipId,
    programme: ProgrammeId,
    members: Members,
    request: NewPartnership,
    kinds: &KindCatalogue,
) -> Result<(Partnership, Vec<PartnershipEvent>), AppError> {
    let (mut partnership, first) = match request.beginning {
        Beginning::Agreed { episode, authority } => {
            known_kind(kinds, &episode, "/episode")?;
            Partnership::agreed(id, programme, members, episode, authority)?
        }
        Beginning::Enquired(decision) => Partnership::enquired(id, programme, members, decision)?,
    };
    let mut events = vec![first];
    for (at, decision) in request.decisions.into_iter().enumerate() {
        let (decided, event) = decision.apply(partnership, kinds, &format!("/decisions/{at}"))?;
        partnership = decided;
        events.push(event);
    }
    if !request.record.is_empty() {
        let (stated, event) = partnership.state_record(request.record);
        partnership = stated;
        events.push(event);
    }
    for note in request.notes {
        let (noted, event) = partnership.note(note);
        partnership = noted;
        events.push(event);
    }
    Ok((partnership, events))
}

/// The members of a partnership, or which of the places given is wrong.
fn members(places: &[PlaceId]) -> Result<Members, AppError> {
    Members::new(places.iter().copied()).map_err(|error| {
        let path = match &error {
            InvalidMembers::Repeated { place } => {
                let second = places.iter().rposition(|own| own == place).unwrap_or_default();
                format!("/members/{second}")
            }
            InvalidMembers::TooFew { .. } | _ => "/members".to_owned(),
        };
        AppError::invalid(path, error.to_string(), "two or more places, each once")
    })
}

/// Refuses an episode of a kind that the programme does not know.
pub(super) fn known_kind(kinds: &KindCatalogue, episode: &Episode, path: &str) -> Result<(), AppError> {
    if kinds.get(&episode.kind).is_some() {
        return Ok(());
    }
    let known: Vec<_> = kinds.iter().map(|kind| kind.key.as_str()).collect();
    Err(AppError::invalid(
        format!("{path}/kind"),
        format!("the programme knows no kind {}", episode.kind),
        format!("one of {}", known.join(", ")),
    ))
}
