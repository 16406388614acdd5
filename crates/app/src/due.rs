//! What is due: read as last reckoned, after what a change or the day has touched was reckoned again; and what is said to it.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::due::{
    DueItem, DueKind, DueRefusal, DueResponse, DueResponseEvent, DueState, EscalationStep, NextTouch, due_on,
    reckon,
};
use sister_cities_domain::id::{DueId, PartnershipId, PersonId, ProgrammeId, RecordKind, RecordRef};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::value::FreeText;
use sister_cities_storage::due::{DuePage, DueQuery, TouchPage};
use sister_cities_storage::{Cursor, ReadError, Reckoned, Value, Versioned, record_ref};

use crate::app::ProgrammeContext;
use crate::partnership::PartnershipWithPlaces;
use crate::person::ids_of_person;
use crate::responsible;
use crate::{App, AppError, CommandOutcome, IdempotentReply};

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
        let page = if as_of == today && context.store.reckon_due(today).await? == Reckoned::Kept {
            context.store.due_items(query).await?
        } else {
            let items = match partnership {
                Some(partnership) => {
                    context.store.reckoned_on(&context.programme.value, partnership, as_of).await?.items
                }
                None => due_on(&context.store.due_state(&context.programme.value).await?, as_of),
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
        let page = match context.store.reckon_due(today).await? {
            Reckoned::Kept => context.store.touches(after, limit).await?,
            Reckoned::NotKept => touches_of(
                &context.store.due_state(&context.programme.value).await?,
                today,
                after.as_ref(),
                limit,
            )?,
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
                context.store.reckon_due(today).await?;
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
            context.store.reckon_due(today).await?;
            let found = context.store.due_item(item).await?;
            let found = found.ok_or_else(|| AppError::NotFound(record_ref::<DueResponse>(item)))?;
            let (response, event) = say(DueResponse::none_to(programme, &found), today)?;
            command.create(response, event)
        };
        command.commit(said, reply).await
    }

    /// The days of the next touches of these partnerships; those that are over have none.
    pub(crate) async fn touch_days(
        &self,
        context: &ProgrammeContext,
        of: &[PartnershipId],
    ) -> Result<BTreeMap<PartnershipId, NaiveDate>, AppError> {
        let today = self.today_in(context).await?;
        let touches = match context.store.reckon_due(today).await? {
            Reckoned::Kept => context.store.touches_of(of).await?,
            Reckoned::NotKept => {
                let state = context.store.due_state(&context.programme.value).await?;
                touches_of(&state, today, None, u32::MAX)?.items
            }
        };
        Ok(touches.into_iter().map(|(partnership, touch)| (partnership, touch.on)).collect())
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
        if day == today && context.store.reckon_due(today).await? == Reckoned::Kept {
            return Ok(context.store.touches_of(&[partnership]).await?.pop().map(|(_, touch)| touch));
        }
        Ok(context.store.reckoned_on(&context.programme.value, partnership, day).await?.touch)
    }
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
