//! Due work on PostgreSQL. A reckoned unit is written in a transaction of its own, under the lock of its row.

use chrono::NaiveDate;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sister_cities_domain::due::{DueItem, NextTouch};
use sister_cities_domain::id::{DueId, PartnershipId, RecordKind, RecordRef};
use tokio_postgres::Row;
use uuid::Uuid;

use super::PostgresStore;
use super::failure::Failure;
use super::session::{RlsContext, Step, together};
use super::value::{self, Param};
use crate::due::{
    DuePage, DueQuery, DueStore, ItemRow, ReckonedUnit, TouchPage, UnitToReckon, item, items_page, json,
    select_items, select_touches, touch, touches_page,
};
use crate::{Cursor, ReadError, ReadFuture, Realm, Unavailable, Value};

const SIGN: char = '$';

statements! {
    /// `(programme, today, limit)`.
    UNITS_TO_RECKON = "SELECT kind, unit, version FROM due_unit WHERE programme = $1 AND recheck_on <= $2 \
        ORDER BY recheck_on, unit LIMIT $3";
    /// `(programme, unit, version, recheck_on, touch_on, touch)`: nothing, if something has touched it since. Those that follow in the
    /// transaction find the row locked, so that it stays so.
    RECKONED = "UPDATE due_unit SET recheck_on = $4, touch_on = $5, touch = $6 \
        WHERE programme = $1 AND unit = $2 AND version = $3";
    /// `(programme, unit, version)`.
    FORGET_ITEMS = "DELETE FROM due_item WHERE programme = $1 AND unit = $2 \
        AND EXISTS (SELECT FROM due_unit u WHERE u.programme = $1 AND u.unit = $2 AND u.version = $3)";
    /// `(programme, unit, version, ids, kinds, partnerships, persons, days, bodies)`.
    ADD_ITEMS = "INSERT INTO due_item (programme, unit, id, kind, partnership, person, due_on, body) \
        SELECT $1, $2, n.* FROM unnest($4::uuid[], $5::text[], $6::uuid[], $7::uuid[], $8::date[], $9::text[]) n \
        WHERE EXISTS (SELECT FROM due_unit u WHERE u.programme = $1 AND u.unit = $2 AND u.version = $3)";
    ITEM = "SELECT body FROM due_item WHERE programme = $1 AND id = $2";
    TOUCHES_OF = "SELECT touch, unit FROM due_unit WHERE programme = $1 AND unit = ANY($2) AND touch IS NOT NULL";
    VERSIONS_OF = "SELECT unit, version FROM due_unit WHERE programme = $1 AND unit = ANY($2)";
}

/// The statements that are always the same, for the tests that prepare them and read their plans.
#[cfg(test)]
pub(super) fn constants() -> &'static [&'static str] {
    CONSTANTS
}

impl DueStore for PostgresStore {
    fn units_to_reckon(
        &self,
        realm: Realm,
        today: NaiveDate,
        limit: u32,
    ) -> ReadFuture<'_, Vec<UnitToReckon>> {
        let params: Vec<Param<'static>> =
            vec![Box::new(realm.uuid()), Box::new(today), Box::new(i64::from(limit))];
        self.read(UNITS_TO_RECKON, params, |rows| rows.iter().map(unit).collect())
    }

    fn put_reckoned(&self, realm: Realm, units: Vec<ReckonedUnit>) -> BoxFuture<'_, Result<(), Unavailable>> {
        async move {
            for unit in &units {
                self.put(realm.uuid(), unit).await.map_err(|failure| failure.unavailable())?;
            }
            Ok(())
        }
        .boxed()
    }

    fn due_items(&self, realm: Realm, query: DueQuery) -> ReadFuture<'_, DuePage> {
        async move {
            let (sql, values) = select_items(SIGN, realm, &query)?;
            items_page(&self.bodies(sql, values).await?, query.limit)
        }
        .boxed()
    }

    fn due_item(&self, realm: Realm, id: DueId) -> ReadFuture<'_, Option<DueItem>> {
        async move {
            let params: Vec<Param<'static>> = vec![Box::new(realm.uuid()), Box::new(id.uuid())];
            let body = self
                .read(ITEM, params, |rows| {
                    Ok(rows.first().map(|row| value::text(row, 0)).transpose()?.flatten())
                })
                .await?;
            body.map(|body| item(id.uuid(), &body)).transpose()
        }
        .boxed()
    }

    fn touches(&self, realm: Realm, after: Option<Cursor>, limit: u32) -> ReadFuture<'_, TouchPage> {
        async move {
            let (sql, values) = select_touches(SIGN, realm, after.as_ref(), limit)?;
            touches_page(&self.bodies(sql, values).await?, limit)
        }
        .boxed()
    }

    fn touches_of(&self, realm: Realm, of: Vec<Uuid>) -> ReadFuture<'_, Vec<(PartnershipId, NextTouch)>> {
        async move {
            let params: Vec<Param<'static>> = vec![Box::new(realm.uuid()), Box::new(of)];
            let rows = self.read(TOUCHES_OF, params, pairs).await?;
            rows.iter().map(|(json, unit)| touch(*unit, json)).collect()
        }
        .boxed()
    }

    fn unit_versions(&self, realm: Realm, of: Vec<Uuid>) -> ReadFuture<'_, Vec<(Uuid, u64)>> {
        let params: Vec<Param<'static>> = vec![Box::new(realm.uuid()), Box::new(of)];
        self.read(VERSIONS_OF, params, |rows| {
            rows.iter()
                .map(|row| Ok((row.try_get(0)?, row.try_get::<_, i64>(1)?.cast_unsigned())))
                .collect::<Result<_, Failure>>()
        })
    }
}

impl PostgresStore {
    async fn bodies(&self, sql: String, values: Vec<Value>) -> Result<Vec<(String, Uuid)>, ReadError> {
        self.query_rows(RlsContext::Programme, sql.into(), value::params(values), pairs).await
    }

    async fn put(&self, programme: Uuid, reckoned: &ReckonedUnit) -> Result<(), Failure> {
        let ReckonedUnit { unit: UnitToReckon { unit, version }, items, touch, holds_until } = reckoned;
        let rows: Vec<ItemRow> = items.iter().map(ItemRow::of).collect();
        let own = || -> Vec<Param<'_>> {
            vec![Box::new(programme), Box::new(unit.id), Box::new(version.cast_signed())]
        };
        let text = |text: String| value::escape(&text).into_owned();
        let mut kept = own();
        kept.push(Box::new(*holds_until));
        kept.push(Box::new(touch.as_ref().map(|touch| touch.on)));
        kept.push(Box::new(touch.as_ref().map(|touch| text(json(touch)))));
        let mut added = own();
        added.push(Box::new(rows.iter().map(|row| row.id).collect::<Vec<_>>()));
        added.push(Box::new(rows.iter().map(|row| row.kind).collect::<Vec<_>>()));
        added.push(Box::new(rows.iter().map(|row| row.partnership).collect::<Vec<_>>()));
        added.push(Box::new(rows.iter().map(|row| row.person).collect::<Vec<_>>()));
        added.push(Box::new(rows.iter().map(|row| row.due_on).collect::<Vec<_>>()));
        added.push(Box::new(rows.iter().map(|row| text(row.body.clone())).collect::<Vec<_>>()));
        let steps = [
            Step::enter_programme(programme),
            Step::new(RECKONED, kept),
            Step::new(FORGET_ITEMS, own()),
            Step::new(ADD_ITEMS, added),
        ];
        together(&self.pool, &steps).await.map(drop)
    }
}

fn unit(row: &Row) -> Result<UnitToReckon, Failure> {
    let (kind, version): (String, i64) = (row.try_get(0)?, row.try_get(2)?);
    let kind = kind.parse::<RecordKind>().map_err(|_| Failure::OutOfRange("kind", 0))?;
    Ok(UnitToReckon { unit: RecordRef { kind, id: row.try_get(1)? }, version: version.cast_unsigned() })
}

fn pairs(rows: &[Row]) -> Result<Vec<(String, Uuid)>, Failure> {
    rows.iter().map(|row| Ok((value::text(row, 0)?.unwrap_or_default(), row.try_get(1)?))).collect()
}
