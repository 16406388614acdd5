//! Due work in SQLite. Reckoned units are written by the one writer.

use chrono::NaiveDate;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rusqlite::{Connection, OptionalExtension as _, Row, params, params_from_iter};
use sister_cities_domain::due::{DueItem, NextTouch};
use sister_cities_domain::id::{DueId, PartnershipId, RecordKind, RecordRef};
use uuid::Uuid;

use super::SqliteStore;
use crate::due::{
    DuePage, DueQuery, DueStore, ItemRow, ReckonedUnit, TouchPage, UnitToReckon, item, items_page, json,
    select_items, select_touches, touch, touches_page,
};
use crate::{Cursor, ReadFuture, Realm, Unavailable, Value};

const SIGN: char = '?';

statements! {
    /// `(programme, today, limit)`.
    UNITS_TO_RECKON = "SELECT kind, unit, version FROM due_unit WHERE programme = ?1 AND recheck_on <= ?2 \
        ORDER BY recheck_on, unit LIMIT ?3";
    /// `(programme, unit, version, recheck_on, touch_on, touch)`: nothing, if something has touched it since.
    RECKONED = "UPDATE due_unit SET recheck_on = ?4, touch_on = ?5, touch = ?6 \
        WHERE programme = ?1 AND unit = ?2 AND version = ?3";
    FORGET_ITEMS = "DELETE FROM due_item WHERE programme = ?1 AND unit = ?2";
    ADD_ITEM = "INSERT INTO due_item (programme, id, unit, kind, partnership, person, due_on, body) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    ITEM = "SELECT body FROM due_item WHERE programme = ?1 AND id = ?2";
    TOUCH = "SELECT touch, unit FROM due_unit WHERE programme = ?1 AND unit = ?2 AND touch IS NOT NULL";
    VERSION = "SELECT unit, version FROM due_unit WHERE programme = ?1 AND unit = ?2";
}

/// All statements, for the tests that prepare them and read their plans.
#[cfg(test)]
pub(super) fn all() -> Vec<String> {
    let mut all: Vec<String> = CONSTANTS.iter().map(|sql| (*sql).to_owned()).collect();
    all.extend(crate::due::samples(SIGN));
    all
}

impl DueStore for SqliteStore {
    fn units_to_reckon(
        &self,
        realm: Realm,
        today: NaiveDate,
        limit: u32,
    ) -> ReadFuture<'_, Vec<UnitToReckon>> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(UNITS_TO_RECKON)?;
            statement.query_map(params![realm.uuid(), Value::Day(today), limit], unit)?.collect()
        })
    }

    fn put_reckoned(&self, realm: Realm, units: Vec<ReckonedUnit>) -> BoxFuture<'_, Result<(), Unavailable>> {
        let programme = realm.uuid();
        self.run(move |connection| units.iter().try_for_each(|unit| put(connection, programme, unit))).boxed()
    }

    fn due_items(&self, realm: Realm, query: DueQuery) -> ReadFuture<'_, DuePage> {
        async move {
            let (sql, values) = select_items(SIGN, realm, &query)?;
            let rows = self.read(move |connection| bodies(connection, &sql, &values)).await?;
            items_page(&rows, query.limit)
        }
        .boxed()
    }

    fn due_item(&self, realm: Realm, id: DueId) -> ReadFuture<'_, Option<DueItem>> {
        async move {
            let body: Option<String> = self
                .read(move |connection| {
                    let mut statement = connection.prepare_cached(ITEM)?;
                    statement.query_row(params![realm.uuid(), id.uuid()], |row| row.get(0)).optional()
                })
                .await?;
            body.map(|body| item(id.uuid(), &body)).transpose()
        }
        .boxed()
    }

    fn touches(&self, realm: Realm, after: Option<Cursor>, limit: u32) -> ReadFuture<'_, TouchPage> {
        async move {
            let (sql, values) = select_touches(SIGN, realm, after.as_ref(), limit)?;
            let rows = self.read(move |connection| bodies(connection, &sql, &values)).await?;
            touches_page(&rows, limit)
        }
        .boxed()
    }

    fn touches_of(&self, realm: Realm, of: Vec<Uuid>) -> ReadFuture<'_, Vec<(PartnershipId, NextTouch)>> {
        async move {
            let rows = self
                .read(move |connection| {
                    let mut statement = connection.prepare_cached(TOUCH)?;
                    let mut found: Vec<(String, Uuid)> = Vec::new();
                    for unit in &of {
                        let row = statement.query_row(params![realm.uuid(), unit], pair).optional()?;
                        found.extend(row);
                    }
                    Ok(found)
                })
                .await?;
            rows.iter().map(|(json, unit)| touch(*unit, json)).collect()
        }
        .boxed()
    }

    fn unit_versions(&self, realm: Realm, of: Vec<Uuid>) -> ReadFuture<'_, Vec<(Uuid, u64)>> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(VERSION)?;
            let mut found = Vec::with_capacity(of.len());
            for unit in &of {
                let version = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned()));
                found.extend(statement.query_row(params![realm.uuid(), unit], version).optional()?);
            }
            Ok(found)
        })
    }
}

fn unit(row: &Row<'_>) -> Result<UnitToReckon, rusqlite::Error> {
    let (kind, version): (String, i64) = (row.get(0)?, row.get(2)?);
    let kind = kind.parse::<RecordKind>().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    })?;
    Ok(UnitToReckon { unit: RecordRef { kind, id: row.get(1)? }, version: version.cast_unsigned() })
}

fn put(connection: &Connection, programme: Uuid, reckoned: &ReckonedUnit) -> Result<(), rusqlite::Error> {
    let ReckonedUnit { unit: UnitToReckon { unit, version }, items, touch, holds_until } = reckoned;
    let kept = connection.prepare_cached(RECKONED)?.execute(params![
        programme,
        unit.id,
        version.cast_signed(),
        Value::from(*holds_until),
        Value::from(touch.as_ref().map(|touch| touch.on)),
        touch.as_ref().map(json)
    ])?;
    if kept == 0 {
        return Ok(());
    }
    connection.prepare_cached(FORGET_ITEMS)?.execute(params![programme, unit.id])?;
    let mut add = connection.prepare_cached(ADD_ITEM)?;
    for row in items.iter().map(ItemRow::of) {
        add.execute(params![
            programme,
            row.id,
            unit.id,
            row.kind,
            row.partnership,
            row.person,
            Value::Day(row.due_on),
            row.body
        ])?;
    }
    Ok(())
}

fn bodies(
    connection: &Connection,
    sql: &str,
    values: &[Value],
) -> Result<Vec<(String, Uuid)>, rusqlite::Error> {
    connection.prepare_cached(sql)?.query_map(params_from_iter(values), pair)?.collect()
}

fn pair(row: &Row<'_>) -> Result<(String, Uuid), rusqlite::Error> {
    Ok((row.get(0)?, row.get(1)?))
}
