//! Partnerships in the order in which something is due with them: reckoned, so that no column holds it.

use chrono::NaiveDate;
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PartnershipId, ProgrammeId};
use sister_cities_domain::partnership::Partnership;
use sister_cities_storage::{Cursor, Direction, Listing, ReadError, Value, Versioned};

use super::read::PartnershipPage;
use crate::{App, AppError};

impl App {
    /// Lists partnerships by the day of their next touch; those that have none, as they are over, behind all others. All that pass the
    /// filters are read for each page: a programme has some dozens.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_by_next_touch(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        listing: Listing<Partnership>,
        direction: Direction,
    ) -> Result<PartnershipPage, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        let Listing { filters, order: _, after, limit } = listing;
        let after = match after {
            None => None,
            Some(Cursor { key: Value::Day(day), id, change: None }) => Some((day, id)),
            Some(_) => return Err(ReadError::Cursor.into()),
        };
        let found = context.store.all(filters).await?;
        let ids: Vec<PartnershipId> = found.iter().map(|one| one.value.id()).collect();
        let touches = self.touch_days(&context, &ids).await?;
        let behind = match direction {
            Direction::Ascending => NaiveDate::MAX,
            Direction::Descending => NaiveDate::MIN,
        };
        let key = |one: &Versioned<Partnership>| {
            let id = one.value.id();
            (touches.get(&id).copied().unwrap_or(behind), id.uuid())
        };
        let mut found: Vec<_> = found.into_iter().map(|one| (key(&one), one)).collect();
        found.sort_by_key(|(key, _)| *key);
        if direction == Direction::Descending {
            found.reverse();
        }
        found.retain(|(key, _)| {
            after.is_none_or(|after| match direction {
                Direction::Ascending => *key > after,
                Direction::Descending => *key < after,
            })
        });
        let limit = limit as usize;
        let has_more = found.len() > limit;
        found.truncate(limit);
        let last = found.last().filter(|_| has_more);
        let next = last.map(|((day, id), _)| Cursor { key: Value::Day(*day), id: *id, change: None });
        let items = found.into_iter().map(|(_, one)| one).collect();
        Ok(PartnershipPage { items: context.with_places(items).await?, next })
    }
}
