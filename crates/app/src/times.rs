//! The two times of a question: what was true on a day, and what had been recorded at a moment.

use chrono::{DateTime, NaiveDate, Utc};
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::ProgrammeId;
use sister_cities_domain::programme::Programme;
use sister_cities_storage::{Cursor, Listing, Page, Record, Versioned, record_ref};

use crate::app::ProgrammeContext;
use crate::{App, AppError};

/// As of which times a question is asked. They are apart: what we know today of 1990, what we had recorded last May, and what we
/// had recorded last May of 1990 are three questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// What was true on that day, by what is recorded; `None` for what the records say as they stand.
    pub as_of: Option<NaiveDate>,
    /// What had been recorded at that moment, corrections since then left out; `None` for now.
    pub recorded_at: Option<DateTime<Utc>>,
}

/// A list of which not everything is wanted is looked through so far at most before what was found is answered.
const LOOKED_THROUGH: usize = 2_000;
/// And in parts of so many.
const PART: u32 = 200;

impl App {
    /// Lets a caller into a programme as it was recorded at a moment, if one is named; the caller's rights are those of now.
    ///
    /// `after` is the place at which a list is read on: its pages are all of the state that the first one was of.
    ///
    /// # Errors
    ///
    /// As [`authorize`](App::authorize); [`AppError::NotFound`] also if the programme was not recorded then.
    pub async fn authorize_as_recorded(
        &self,
        caller: &Caller,
        needed: Scope,
        programme: ProgrammeId,
        recorded_at: Option<DateTime<Utc>>,
        after: Option<&Cursor>,
    ) -> Result<ProgrammeContext, AppError> {
        let context = self.authorize(caller, needed, programme).await?;
        let Some(at) = recorded_at else { return Ok(context) };
        let store = match after.and_then(|after| after.change) {
            Some(change) => context.store.as_recorded_up_to(change),
            None => context.store.as_recorded(at).await?,
        };
        let asked_for = record_ref::<Programme>(programme);
        let programme = store.get(programme).await?.ok_or(AppError::NotFound(asked_for))?;
        Ok(ProgrammeContext { programme, store })
    }

    /// Reads a record as it had been recorded at a moment; now, if none is named.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn get<T: Record>(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        id: T::Id,
        recorded_at: Option<DateTime<Utc>>,
    ) -> Result<Versioned<T>, AppError> {
        let needed = Scope::ProgrammeRead;
        self.authorize_as_recorded(caller, needed, programme, recorded_at, None).await?.load(id).await
    }

    /// Lists records of one type as they had been recorded at a moment; now, if none is named.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`; [`AppError::Cursor`].
    pub async fn list<T: Record>(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        listing: Listing<T>,
        recorded_at: Option<DateTime<Utc>>,
    ) -> Result<Page<T>, AppError> {
        let (needed, after) = (Scope::ProgrammeRead, listing.after.as_ref());
        let context = self.authorize_as_recorded(caller, needed, programme, recorded_at, after).await?;
        Ok(context.store.list(&listing).await?)
    }
}

impl ProgrammeContext {
    /// Reads what passes `keep` of a list, a page of it at most; perhaps fewer, with more to come, if much does not pass.
    pub(crate) async fn list_where<T: Record + Clone>(
        &self,
        listing: Listing<T>,
        keep: impl Fn(&T) -> bool,
    ) -> Result<Page<T>, AppError> {
        let wanted = listing.limit as usize;
        let mut part = Listing { limit: listing.limit.max(PART), ..listing };
        let mut items = Vec::new();
        let mut looked_through = 0;
        loop {
            let page = self.store.list(&part).await?;
            let (all, mut seen) = (page.items.len(), 0);
            for item in page.items {
                seen += 1;
                if keep(&item.value) {
                    items.push(item);
                }
                if items.len() == wanted {
                    break;
                }
            }
            looked_through += all;
            if items.len() == wanted && (seen < all || page.next.is_some()) {
                let last = items.last().map(|last| self.store.cursor_at(&part, &last.value));
                return Ok(Page { items, next: last });
            }
            match page.next {
                Some(next) if looked_through < LOOKED_THROUGH => part.after = Some(next),
                next => return Ok(Page { items, next }),
            }
        }
    }
}
