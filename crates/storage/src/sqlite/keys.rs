//! Data keys, and the key for cursors, wrapped.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::statements;
use super::value::moment;
use crate::Realm;
use crate::vault::WrappedKey;

/// The keys of a realm.
pub(super) fn all(connection: &Connection, realm: Realm) -> Result<Vec<WrappedKey>, rusqlite::Error> {
    let key = |row: &Row<'_>| {
        Ok(WrappedKey { number: row.get(0)?, wrapped: row.get(1)?, made_at: moment(row, 2)? })
    };
    connection.prepare_cached(statements::DATA_KEYS)?.query_map([realm.uuid()], key)?.collect()
}

/// Stores a key; says whether there was none of that number.
pub(super) fn add(connection: &Connection, realm: Realm, key: &WrappedKey) -> Result<bool, rusqlite::Error> {
    let WrappedKey { number, wrapped, made_at } = key;
    let at = made_at.timestamp_micros();
    let added = connection.prepare_cached(statements::ADD_DATA_KEY)?.execute(params![
        realm.uuid(),
        number,
        wrapped,
        at
    ])?;
    Ok(added == 1)
}

/// Drops a key.
pub(super) fn remove(connection: &Connection, realm: Realm, number: u32) -> Result<(), rusqlite::Error> {
    connection.prepare_cached(statements::DROP_DATA_KEY)?.execute(params![realm.uuid(), number])?;
    Ok(())
}

/// The key for cursors, as it is stored.
pub(super) fn for_cursors(connection: &Connection) -> Result<Option<Vec<u8>>, rusqlite::Error> {
    let realm = Realm::Installation.uuid();
    connection.prepare_cached(statements::CURSOR_KEY)?.query_row([realm], |row| row.get(0)).optional()
}

/// Stores a key for cursors instead of what is there; says whether that was there.
pub(super) fn put_for_cursors(
    connection: &Connection,
    new: &[u8],
    instead_of: Option<&[u8]>,
) -> Result<bool, rusqlite::Error> {
    let realm = Realm::Installation.uuid();
    let put = match instead_of {
        None => connection.prepare_cached(statements::ADD_CURSOR_KEY)?.execute(params![realm, new])?,
        Some(old) => {
            connection.prepare_cached(statements::REPLACE_CURSOR_KEY)?.execute(params![realm, new, old])?
        }
    };
    Ok(put == 1)
}
