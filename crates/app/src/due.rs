//! What is due: read as last reckoned, after what a change or the day has touched was reckoned again; and what is said to it.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::agreement::Agreement;
use sister_cities_domain::committee::Committee;
use sister_cities_domain::due::{
    DueItem, DueKind, DueRefusal, DueResponse, DueResponseEvent, DueState, EscalationStep, NextTouch,
    Reckoning, due_on, reckon,
};
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{
    CommitteeId, DueId, PartnershipId, PersonId, PlaceId, ProgrammeId, RecordKind, RecordRef,
};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::place::Place;
use sister_cities_domain::promise::{ActionPlan, ActionPoint};
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::role::Role;
use sister_cities_domain::value::FreeText;
use sister_cities_storage::catalogue::{
    action_plan, action_point, agreement, committee, due_response, engagement, role,
};
use sister_cities_storage::due::{DuePage, DueQuery, ReckonedUnit, TouchPage, UnitToReckon};
use sister_cities_storage::{
    CommitError, Cursor, ProgrammeStore, ReadError, Unavailable, Value, Versioned, record_ref,
};

use crate::app::ProgrammeContext;
use crate::partnership::PartnershipWithPlaces;
use crate::person::ids_of_person;
use crate::responsible;
use crate::{App, AppError, CommandOutcome, IdempotentReply};

/// So many units are reckoned at once: their records are in memory together.
const AT_ONCE: u32 = 32;

/// Units that changes touch again and again are tried so often for one request; what it answers then is as it was at the last try.
const TRIES: u32 = 1_000;

/// Which part of what is due.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListDueQuery {
    /// As of which day of the host's calendar; today if `None`.
    pub as_of: Option<NaiveDate>,
    /// Only what this person is to do, under whichever of the records that were merged into one.
    pub person: Option<PersonId>,
    /// Only of this partnership.
    pub partnership: Option<PartnershipId>,
    /// Only by this rule.
    pub kind: Option<DueKind>,
    /// Only what is due within so many days from the day asked about; what is overdue always is.
    pub horizon: Option<u16>,
    /// After this place of the list.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

/// Part of what is due.
#[derive(Clone, Debug, PartialEq)]
pub struct DueItems {
    /// The day it is about, in the host's calendar.
    pub as_of: NaiveDate,
    /// The items, by day.
    pub items: Vec<DueItemNow>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<Cursor>,
}

/// An item, and who is told besides as it stayed undone.
#[derive(Clone, Debug, PartialEq)]
pub struct DueItemNow {
    /// The item.
    pub item: DueItem,
    /// The step of the escalation that it has reached.
    pub escalated: Option<EscalationStep>,
}

/// Part of the next touches.
#[derive(Clone, Debug, PartialEq)]
pub struct NextTouches {
    /// The partnerships, each with its next touch; the earliest first.
    pub items: Vec<(PartnershipWithPlaces, NextTouch)>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<Cursor>,
}

impl App {
    /// Lists what is due, by day.
    ///
    /// As of today it costs the page and the units that were touched since somebody last asked. As of another day it is reckoned from
    /// the records of now: those of the partnership that is asked about, otherwise of the whole programme, as any of them may have
    /// what is due first.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`; [`AppError::Cursor`].
    pub async fn list_due(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        query: ListDueQuery,
    ) -> Result<DueItems, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        let today = self.today_in(&context).await?;
        let ListDueQuery { as_of, person, partnership, kind, horizon, after, limit } = query;
        let as_of = as_of.unwrap_or(today);
        let up_to = horizon.map(|days| as_of.checked_add_days(Days::new(days.into())).unwrap_or(as_of));
        let persons = match person {
            Some(person) => ids_of_person(&context.store, person).await?,
            None => Vec::new(),
        };
        let query = DueQuery { partnership, persons, kind, up_to, after, limit };
        let page = if as_of == today && reckon_touched(&context, today).await? == Reckoned::Kept {
            context.store.due_items(query).await?
        } else {
            let items = match partnership {
                Some(partnership) => reckoned_on(&context, partnership, as_of).await?.items,
                None => due_on(&whole(&context).await?, as_of),
            };
            page_of(items, &query)?
        };
        let policy = &context.programme.value.policies.due;
        let items = page
            .items
            .into_iter()
            .map(|item| DueItemNow { escalated: policy.escalated(&item, as_of).cloned(), item });
        Ok(DueItems { as_of, items: items.collect(), next: page.next })
    }

    /// Lists the next touch of every partnership that is not over, the earliest first.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`; [`AppError::Cursor`].
    pub async fn list_next_touches(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<NextTouches, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        let today = self.today_in(&context).await?;
        let page = match reckon_touched(&context, today).await? {
            Reckoned::Kept => context.store.touches(after, limit).await?,
            Reckoned::NotKept => touches_of(&whole(&context).await?, today, after.as_ref(), limit)?,
        };
        let ids: Vec<PartnershipId> = page.items.iter().map(|(partnership, _)| *partnership).collect();
        let partnerships = context.store.get_many::<Partnership>(&ids).await?;
        let partnerships = context.with_places(partnerships).await?;
        let touch_of = |found: PartnershipWithPlaces| {
            let id = found.partnership.value.id();
            let (_, touch) = page.items.iter().find(|(partnership, _)| *partnership == id)?;
            Some((found, touch.clone()))
        };
        Ok(NextTouches { items: partnerships.into_iter().filter_map(touch_of).collect(), next: page.next })
    }

    /// Puts a due item off: it comes back on that day.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] if no such item is listed; [`AppError::Invalid`] unless the day is to come, and within a year;
    /// [`AppError::Refused`] if it is done; [`AppError::Forbidden`] without `due:write`.
    pub async fn snooze_due_item(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        item: DueId,
        until: NaiveDate,
        reply: IdempotentReply<'_, Versioned<DueResponse>>,
    ) -> Result<CommandOutcome<Versioned<DueResponse>>, AppError> {
        let snooze = |response: DueResponse, today| match response.snooze(until, today) {
            Ok(snoozed) => Ok(snoozed),
            Err(DueRefusal::Step(refused)) => Err(refused.into()),
            Err(refusal) => {
                Err(AppError::invalid("/until", refusal.to_string(), "a day to come, within a year"))
            }
        };
        self.respond(caller, programme, item, snooze, reply).await
    }

    /// Hands a due item to somebody else.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] if no such item is listed; [`AppError::Invalid`] if the programme has nobody of whom it is handed to;
    /// [`AppError::Refused`] if it is done; [`AppError::Forbidden`] without `due:write`.
    pub async fn hand_due_item(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        item: DueId,
        to: Responsible,
        reply: IdempotentReply<'_, Versioned<DueResponse>>,
    ) -> Result<CommandOutcome<Versioned<DueResponse>>, AppError> {
        let command = self.command(caller, Scope::DueWrite, programme)?;
        responsible::is_there(&command, "/to", Some(&to)).await?;
        let hand = |response: DueResponse, _| Ok(response.hand(to)?);
        self.respond(caller, programme, item, hand, reply).await
    }

    /// Says that a due item was done, or needs not be done.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] if no such item is listed; [`AppError::Refused`] if that was said before; [`AppError::Forbidden`]
    /// without `due:write`.
    pub async fn finish_due_item(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        item: DueId,
        remark: Option<FreeText>,
        reply: IdempotentReply<'_, Versioned<DueResponse>>,
    ) -> Result<CommandOutcome<Versioned<DueResponse>>, AppError> {
        let finish = |response: DueResponse, today| Ok(response.finish(today, remark)?);
        self.respond(caller, programme, item, finish, reply).await
    }

    /// Reckons what the day or a change has touched, in all programmes, so that whoever asks next need not.
    ///
    /// # Errors
    ///
    /// [`AppError::Unavailable`].
    pub async fn reckon_due(&self) -> Result<(), AppError> {
        let mut after = None;
        loop {
            let programmes = self.database().programmes(after, 100).await?;
            let Some(last) = programmes.last() else { return Ok(()) };
            after = Some(last.value.id);
            for programme in programmes {
                let store = self.database().programme(programme.value.id);
                let context = ProgrammeContext { programme, store };
                let today = self.today_in(&context).await?;
                reckon_touched(&context, today).await?;
            }
        }
    }

    async fn respond(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        item: DueId,
        say: impl FnOnce(DueResponse, NaiveDate) -> Result<(DueResponse, DueResponseEvent), AppError> + Send,
        reply: IdempotentReply<'_, Versioned<DueResponse>>,
    ) -> Result<CommandOutcome<Versioned<DueResponse>>, AppError> {
        let mut command = self.command(caller, Scope::DueWrite, programme)?;
        let programme_now = command.load(programme).await?;
        let context = ProgrammeContext { programme: programme_now, store: command.store.clone() };
        let today = self.today_in(&context).await?;
        let said = if let Some(before) = context.store.get::<DueResponse>(item).await? {
            let (after, event) = say(before.value, today)?;
            command.update(after, before.revision, event)
        } else {
            reckon_touched(&context, today).await?;
            let found = context.store.due_item(item).await?;
            let found = found.ok_or_else(|| AppError::NotFound(record_ref::<DueResponse>(item)))?;
            let (response, event) = say(DueResponse::none_to(programme, &found), today)?;
            command.create(response, event)
        };
        command.commit(said, reply).await
    }

    /// The next touch of a partnership on a day; none if it is over. As of today it is read as last reckoned, for another day it is reckoned
    /// from the partnership's records.
    pub(crate) async fn next_touch(
        &self,
        context: &ProgrammeContext,
        partnership: PartnershipId,
        day: NaiveDate,
    ) -> Result<Option<NextTouch>, AppError> {
        let today = self.today_in(context).await?;
        if day == today && reckon_touched(context, today).await? == Reckoned::Kept {
            return Ok(context.store.touches_of(&[partnership]).await?.pop().map(|(_, touch)| touch));
        }
        Ok(reckoned_on(context, partnership, day).await?.touch)
    }
}

/// Whether what was reckoned could be kept: not in a database that may only be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reckoned {
    Kept,
    NotKept,
}

/// Reckons the units that a change or the day has touched, and keeps what came of it.
async fn reckon_touched(context: &ProgrammeContext, today: NaiveDate) -> Result<Reckoned, AppError> {
    for _ in 0..TRIES {
        let units = context.store.units_to_reckon(today, AT_ONCE).await?;
        if units.is_empty() {
            break;
        }
        let state = state_of(context, &units).await?;
        let reckoned = units.iter().map(|unit| {
            let reckoning = reckon(&state, unit.unit, today);
            let (items, touch, holds_until) = (reckoning.items, reckoning.touch, reckoning.holds_until);
            ReckonedUnit { unit: *unit, items, touch, holds_until }
        });
        match context.store.put_reckoned(reckoned.collect()).await {
            Ok(()) => {}
            Err(Unavailable::ReadOnly) => return Ok(Reckoned::NotKept),
            Err(unavailable) => return Err(CommitError::from(unavailable).into()),
        }
    }
    Ok(Reckoned::Kept)
}

/// Part of the next touches, reckoned on the spot as a store would read them.
fn touches_of(
    state: &DueState,
    today: NaiveDate,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<TouchPage, AppError> {
    let after = match after {
        None => None,
        Some(Cursor { key: Value::Day(day), id, change: None }) => Some((*day, *id)),
        Some(_) => return Err(ReadError::Cursor.into()),
    };
    let touch =
        |unit: RecordRef| Some((PartnershipId::from_uuid(unit.id), reckon(state, unit, today).touch?));
    let of_partnerships = state.units().filter(|unit| unit.kind == RecordKind::Partnership);
    let mut items: Vec<(PartnershipId, NextTouch)> = of_partnerships.filter_map(touch).collect();
    items.retain(|(partnership, touch)| after.is_none_or(|after| (touch.on, partnership.uuid()) > after));
    items.sort_by_key(|(partnership, touch)| (touch.on, *partnership));
    let limit = limit as usize;
    let more = items.len() > limit;
    items.truncate(limit);
    let cursor = |(partnership, touch): &(PartnershipId, NextTouch)| Cursor {
        key: Value::Day(touch.on),
        id: partnership.uuid(),
        change: None,
    };
    let next = items.last().filter(|_| more).map(cursor);
    Ok(TouchPage { items, next })
}

/// What is due of one partnership on a day, by its records alone.
async fn reckoned_on(
    context: &ProgrammeContext,
    partnership: PartnershipId,
    day: NaiveDate,
) -> Result<Reckoning, ReadError> {
    let unit = UnitToReckon { unit: partnership.into(), version: 0 };
    Ok(reckon(&state_of(context, &[unit]).await?, unit.unit, day))
}

/// The records of some units: a list of each kind, however many units there are.
async fn state_of(context: &ProgrammeContext, units: &[UnitToReckon]) -> Result<DueState, ReadError> {
    let store = &context.store;
    let of_kind = |kind| units.iter().filter(move |unit| unit.unit.kind == kind).map(|unit| unit.unit.id);
    let ids: Vec<PartnershipId> = of_kind(RecordKind::Partnership).map(PartnershipId::from_uuid).collect();
    let committees: Vec<CommitteeId> = of_kind(RecordKind::Committee).map(CommitteeId::from_uuid).collect();
    let of = || ids.iter().copied();
    let partnerships = store.get_many::<Partnership>(&ids).await?;
    let state = DueState::new(context.programme.value.clone())
        .with(places(context, &partnerships).await?)
        .with(values(store.all_of(&engagement::PARTNERSHIP, of()).await?))
        .with(values(store.all_of(&agreement::PARTNERSHIP, of()).await?))
        .with(values(store.all_of(&action_plan::PARTNERSHIP, of()).await?))
        .with(values(store.all_of(&action_point::PARTNERSHIP, of()).await?))
        .with(values(store.all([due_response::PARTNERSHIP.any_of(of())]).await?))
        .with(values(store.all([due_response::COMMITTEE.any_of(committees.iter().copied())]).await?))
        .with(values(partnerships));
    let of_partnerships = store.all([committee::PARTNERSHIP.any_of(of())]).await?;
    let by_themselves = store.get_many::<Committee>(&committees).await?;
    let all: Vec<Committee> = values(of_partnerships.into_iter().chain(by_themselves).collect());
    let roles = store.all([role::COMMITTEE.any_of(all.iter().map(|committee| committee.id))]).await?;
    Ok(state.with(all).with(values(roles)))
}

/// All records of the programme.
async fn whole(context: &ProgrammeContext) -> Result<DueState, ReadError> {
    let store: &ProgrammeStore = &context.store;
    let partnerships = store.all::<Partnership>([]).await?;
    let state = DueState::new(context.programme.value.clone())
        .with(places(context, &partnerships).await?)
        .with(values(store.all::<Engagement>([]).await?))
        .with(values(store.all::<Agreement>([]).await?))
        .with(values(store.all::<ActionPlan>([]).await?))
        .with(values(store.all::<ActionPoint>([]).await?))
        .with(values(store.all::<Committee>([]).await?))
        .with(values(store.all::<Role>([]).await?))
        .with(values(store.all::<DueResponse>([]).await?));
    Ok(state.with(values(partnerships)))
}

/// The host and the members of some partnerships.
async fn places(
    context: &ProgrammeContext,
    partnerships: &[Versioned<Partnership>],
) -> Result<Vec<Place>, ReadError> {
    let members = partnerships.iter().flat_map(|partnership| partnership.value.members().iter());
    let ids: BTreeSet<PlaceId> = members.chain([context.programme.value.host]).collect();
    let ids: Vec<PlaceId> = ids.into_iter().collect();
    Ok(values(context.store.get_many::<Place>(&ids).await?))
}

fn values<T>(records: Vec<Versioned<T>>) -> Vec<T> {
    records.into_iter().map(|record| record.value).collect()
}

/// Part of items that were reckoned on the spot, as a store would read it.
fn page_of(items: Vec<DueItem>, query: &DueQuery) -> Result<DuePage, AppError> {
    let after = match &query.after {
        None => None,
        Some(Cursor { key: Value::Day(day), id, change: None }) => Some((*day, DueId::from_uuid(*id))),
        Some(_) => return Err(ReadError::Cursor.into()),
    };
    let owner_of = |item: &DueItem| item.owner.as_ref().and_then(Responsible::person);
    let passes = |item: &DueItem| {
        query.partnership.is_none_or(|wanted| item.partnership == Some(wanted))
            && (query.persons.is_empty()
                || owner_of(item).is_some_and(|owner| query.persons.contains(&owner)))
            && query.kind.is_none_or(|wanted| item.kind == wanted)
            && query.up_to.is_none_or(|up_to| item.due_on <= up_to)
            && after.is_none_or(|after| (item.due_on, item.id) > after)
    };
    let mut items: Vec<DueItem> = items.into_iter().filter(passes).collect();
    items.sort_by_key(|item| (item.due_on, item.id));
    let limit = query.limit as usize;
    let more = items.len() > limit;
    items.truncate(limit);
    let cursor = |last: &DueItem| Cursor { key: Value::Day(last.due_on), id: last.id.uuid(), change: None };
    let next = items.last().filter(|_| more).map(cursor);
    Ok(DuePage { items, next })
}
