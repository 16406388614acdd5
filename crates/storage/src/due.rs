//! Due work as last reckoned: kept beside the records, never one of them.
//!
//! Each unit of due work (a partnership with all that hangs on it) has a row that says when it is to be reckoned again: at once
//! if a change touched it, which the database marks in the commit that makes the change; else on the day that its reckoning named. Who
//! wants to read reckons those units first and [puts](DueStore::put_reckoned) what came of it, which is taken only if nothing
//! touched the unit meanwhile. The items of a unit are gone with the mark, so nothing is ever read that is older than its records, and
//! nothing of a person who was erased.

use std::collections::HashMap;
use std::fmt::Write as _;

use chrono::NaiveDate;
use futures_util::future::BoxFuture;
use sister_cities_domain::due::{DueItem, DueKind, NextTouch};
use sister_cities_domain::id::{DueId, PartnershipId, PersonId, RecordRef};
#[cfg(any(feature = "sqlite", feature = "postgres"))]
use sister_cities_domain::responsible::Responsible;
use uuid::Uuid;

use crate::{Cursor, ProgrammeStore, ReadError, ReadFuture, Realm, Unavailable, Value};

/// A unit that is to be reckoned again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitToReckon {
    /// The record that names it.
    pub unit: RecordRef,
    /// As of which change; raised whenever one touches the unit.
    pub version: u64,
}

/// What came of reckoning a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReckonedUnit {
    /// The unit, as it was before its records were read.
    pub unit: UnitToReckon,
    /// What is due.
    pub items: Vec<DueItem>,
    /// The next touch of the partnership, if it is one that is not over.
    pub touch: Option<NextTouch>,
    /// The day from which on it is to be reckoned again; `None` for never.
    pub holds_until: Option<NaiveDate>,
}

/// Which part of what is due, by day, then by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueQuery {
    /// Only of this partnership.
    pub partnership: Option<PartnershipId>,
    /// Only what these are to do: the ids of one person, who may have had several records; anybody if none.
    pub persons: Vec<PersonId>,
    /// Only by this rule.
    pub kind: Option<DueKind>,
    /// Only what is due by this day.
    pub up_to: Option<NaiveDate>,
    /// After this place of the list.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

/// Part of what is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuePage {
    /// The items.
    pub items: Vec<DueItem>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<Cursor>,
}

/// Part of the next touches, the earliest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TouchPage {
    /// The partnerships with their next touch.
    pub items: Vec<(PartnershipId, NextTouch)>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<Cursor>,
}

/// The port to due work as last reckoned.
pub trait DueStore: Send + Sync {
    /// Units that are to be reckoned on that day, marked ones first, `limit` at most.
    fn units_to_reckon(
        &self,
        realm: Realm,
        today: NaiveDate,
        limit: u32,
    ) -> ReadFuture<'_, Vec<UnitToReckon>>;

    /// Keeps what came of reckoning units; of those that a change has touched since nothing.
    ///
    /// # Errors
    ///
    /// [`Unavailable`]; nothing is kept then.
    fn put_reckoned(&self, realm: Realm, units: Vec<ReckonedUnit>) -> BoxFuture<'_, Result<(), Unavailable>>;

    /// Reads part of what is due, as last reckoned.
    fn due_items(&self, realm: Realm, query: DueQuery) -> ReadFuture<'_, DuePage>;

    /// Reads one item.
    fn due_item(&self, realm: Realm, item: DueId) -> ReadFuture<'_, Option<DueItem>>;

    /// Reads part of the next touches, by day, then by partnership.
    fn touches(&self, realm: Realm, after: Option<Cursor>, limit: u32) -> ReadFuture<'_, TouchPage>;

    /// Reads the next touches of these partnerships; those that have none are left out.
    fn touches_of(&self, realm: Realm, of: Vec<Uuid>) -> ReadFuture<'_, Vec<(PartnershipId, NextTouch)>>;

    /// Reads as of which change these units are: each number is another after any change that touches its unit. Those that are not
    /// there are left out.
    fn unit_versions(&self, realm: Realm, of: Vec<Uuid>) -> ReadFuture<'_, Vec<(Uuid, u64)>>;
}

impl ProgrammeStore {
    /// As [`DueStore::units_to_reckon`].
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn units_to_reckon(
        &self,
        today: NaiveDate,
        limit: u32,
    ) -> Result<Vec<UnitToReckon>, ReadError> {
        self.store().units_to_reckon(self.realm(), today, limit).await
    }

    /// As [`DueStore::put_reckoned`].
    ///
    /// # Errors
    ///
    /// [`Unavailable`].
    pub async fn put_reckoned(&self, units: Vec<ReckonedUnit>) -> Result<(), Unavailable> {
        self.store().put_reckoned(self.realm(), units).await
    }

    /// As [`DueStore::due_items`].
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn due_items(&self, query: DueQuery) -> Result<DuePage, ReadError> {
        self.store().due_items(self.realm(), query).await
    }

    /// As [`DueStore::due_item`].
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn due_item(&self, item: DueId) -> Result<Option<DueItem>, ReadError> {
        self.store().due_item(self.realm(), item).await
    }

    /// As [`DueStore::touches`].
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn touches(&self, after: Option<Cursor>, limit: u32) -> Result<TouchPage, ReadError> {
        self.store().touches(self.realm(), after, limit).await
    }

    /// As [`DueStore::touches_of`].
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn touches_of(
        &self,
        of: &[PartnershipId],
    ) -> Result<Vec<(PartnershipId, NextTouch)>, ReadError> {
        let of = of.iter().map(|partnership| partnership.uuid()).collect();
        self.store().touches_of(self.realm(), of).await
    }

    /// As [`DueStore::unit_versions`], of partnerships. What is reckoned from records that are read after this holds as long as the
    /// number stays.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn unit_versions(
        &self,
        of: &[PartnershipId],
    ) -> Result<HashMap<PartnershipId, u64>, ReadError> {
        let of = of.iter().map(|partnership| partnership.uuid()).collect();
        let versions = self.store().unit_versions(self.realm(), of).await?;
        Ok(versions.into_iter().map(|(unit, version)| (PartnershipId::from_uuid(unit), version)).collect())
    }
}

/// A statement with what is bound to it, for either database: `sign` stands before the number of a parameter.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn select_items(
    sign: char,
    realm: Realm,
    query: &DueQuery,
) -> Result<(String, Vec<Value>), ReadError> {
    let mut values = vec![Value::Id(realm.uuid())];
    let mut sql = format!("SELECT body, id FROM due_item WHERE programme = {sign}1");
    let equals = [
        ("partnership", query.partnership.map(|id| Value::Id(id.uuid()))),
        ("kind", query.kind.map(|kind| Value::from(kind.as_str()))),
    ];
    for (column, value) in equals {
        if let Some(value) = value {
            values.push(value);
            let _ = write!(sql, " AND {column} = {sign}{}", values.len());
        }
    }
    let first = values.len() + 1;
    values.extend(query.persons.iter().map(|person| Value::Id(person.uuid())));
    let places: Vec<String> = (first..=values.len()).map(|place| format!("{sign}{place}")).collect();
    match places.as_slice() {
        [] => {}
        // By far the most usual, and then the list stays in the order of the index.
        [one] => {
            let _ = write!(sql, " AND person = {one}");
        }
        several => {
            let _ = write!(sql, " AND person IN ({})", several.join(", "));
        }
    }
    if let Some(up_to) = query.up_to {
        values.push(up_to.into());
        let _ = write!(sql, " AND due_on <= {sign}{}", values.len());
    }
    after("due_on", "id", sign, &mut sql, &mut values, query.after.as_ref())?;
    values.push(Value::from(query.limit.saturating_add(1)));
    let _ = write!(sql, " ORDER BY due_on, id LIMIT {sign}{}", values.len());
    Ok((sql, values))
}

/// The same for the next touches.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn select_touches(
    sign: char,
    realm: Realm,
    after_cursor: Option<&Cursor>,
    limit: u32,
) -> Result<(String, Vec<Value>), ReadError> {
    let mut values = vec![Value::Id(realm.uuid())];
    let mut sql =
        format!("SELECT touch, unit FROM due_unit WHERE programme = {sign}1 AND touch_on IS NOT NULL");
    after("touch_on", "unit", sign, &mut sql, &mut values, after_cursor)?;
    values.push(Value::from(limit.saturating_add(1)));
    let _ = write!(sql, " ORDER BY touch_on, unit LIMIT {sign}{}", values.len());
    Ok((sql, values))
}

/// A cursor is one of this list if its key is a day.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn after(
    day: &str,
    id: &str,
    sign: char,
    sql: &mut String,
    values: &mut Vec<Value>,
    cursor: Option<&Cursor>,
) -> Result<(), ReadError> {
    let Some(cursor) = cursor else { return Ok(()) };
    let Cursor { key: Value::Day(key), id: last, change: None } = cursor else {
        return Err(ReadError::Cursor);
    };
    values.extend([Value::Day(*key), Value::Id(*last)]);
    let _ = write!(sql, " AND ({day}, {id}) > ({sign}{}, {sign}{})", values.len() - 1, values.len());
    Ok(())
}

/// A row of `due_item` after programme and unit: id, kind, partnership, person, day and body.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) struct ItemRow {
    pub(crate) id: Uuid,
    pub(crate) kind: &'static str,
    pub(crate) partnership: Option<Uuid>,
    pub(crate) person: Option<Uuid>,
    pub(crate) due_on: NaiveDate,
    pub(crate) body: String,
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
impl ItemRow {
    pub(crate) fn of(item: &DueItem) -> Self {
        Self {
            id: item.id.uuid(),
            kind: item.kind.as_str(),
            partnership: item.partnership.map(PartnershipId::uuid),
            person: item.owner.as_ref().and_then(Responsible::person).map(PersonId::uuid),
            due_on: item.due_on,
            body: json(item),
        }
    }
}

/// What holds only texts, numbers, days and times is always written as JSON.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn parsed<T: serde::de::DeserializeOwned>(record: RecordRef, json: &str) -> Result<T, ReadError> {
    serde_json::from_str(json).map_err(|error| ReadError::Corrupt { record, detail: error.to_string() })
}

/// The rows of a page, one more than wanted if there is more.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn items_page(rows: &[(String, Uuid)], limit: u32) -> Result<DuePage, ReadError> {
    let wanted = rows.iter().take(limit as usize);
    let items = wanted.map(|(json, id)| item(*id, json)).collect::<Result<Vec<_>, _>>()?;
    let more = rows.len() > items.len();
    let next = items.last().filter(|_| more).map(|last: &DueItem| cursor(last.due_on, last.id.uuid()));
    Ok(DuePage { items, next })
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn item(id: Uuid, json: &str) -> Result<DueItem, ReadError> {
    parsed(DueId::from_uuid(id).into(), json)
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn touch(unit: Uuid, json: &str) -> Result<(PartnershipId, NextTouch), ReadError> {
    let partnership = PartnershipId::from_uuid(unit);
    Ok((partnership, parsed(partnership.into(), json)?))
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn touches_page(rows: &[(String, Uuid)], limit: u32) -> Result<TouchPage, ReadError> {
    let wanted = rows.iter().take(limit as usize);
    let items = wanted.map(|(json, unit)| touch(*unit, json)).collect::<Result<Vec<_>, _>>()?;
    let more = rows.len() > items.len();
    let next = items.last().filter(|_| more).map(|(unit, touch)| cursor(touch.on, unit.uuid()));
    Ok(TouchPage { items, next })
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
const fn cursor(day: NaiveDate, id: Uuid) -> Cursor {
    Cursor { key: Value::Day(day), id, change: None }
}

/// Statements of each form, for the tests that prepare them and read their plans.
#[cfg(all(test, any(feature = "sqlite", feature = "postgres")))]
pub(crate) fn samples(sign: char) -> Vec<String> {
    let realm = Realm::Installation;
    let place = cursor(NaiveDate::MIN, Uuid::nil());
    let any = DueQuery { limit: 50, ..DueQuery::default() };
    let persons = vec![PersonId::from_uuid(Uuid::nil())];
    let partnership = Some(PartnershipId::from_uuid(Uuid::nil()));
    let questions = [
        any.clone(),
        DueQuery { up_to: Some(NaiveDate::MIN), after: Some(place.clone()), ..any.clone() },
        DueQuery { kind: Some(DueKind::Anniversary), after: Some(place.clone()), ..any.clone() },
        DueQuery { persons: persons.clone(), after: Some(place.clone()), ..any.clone() },
        DueQuery { partnership, persons, after: Some(place.clone()), ..any },
    ];
    let items = questions.iter().map(|query| select_items(sign, realm, query));
    let touches = [None, Some(&place)].map(|after| select_touches(sign, realm, after, 50));
    items.chain(touches).filter_map(|select| Some(select.ok()?.0)).collect()
}
