//! Where the journals end and which records are there, while the writer has the database to itself: each is read once and each end is
//! written once, however many change sets are committed together.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use sister_cities_domain::id::RecordRef;
use sister_cities_domain::value::ContentHash;
use uuid::Uuid;

use super::commit::sequence_number;
use super::statements;
use crate::Sequence;
use crate::audit::Head;

/// What is known inside one transaction.
#[derive(Debug, Default)]
pub(super) struct Ends {
    journals: HashMap<Uuid, Journal>,
    present: HashSet<(Uuid, RecordRef)>,
}

#[derive(Clone, Copy, Debug)]
struct Journal {
    end: End,
    /// The last entry that the end kept beside the journal tells of.
    written: Sequence,
}

/// The last commit of a programme, and the end of its journal.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    pub(super) change: i64,
    pub(super) head: Head,
}

impl Ends {
    /// The end of that programme's journal.
    pub(super) fn of(&mut self, connection: &Connection, programme: Uuid) -> Result<End, rusqlite::Error> {
        if let Some(journal) = self.journals.get(&programme) {
            return Ok(journal.end);
        }
        let mut last = connection.prepare_cached(statements::LAST_CHANGE)?;
        let change: Option<i64> = last.query_row([programme], |row| row.get(0)).optional()?;
        let change = change.unwrap_or(0);
        let head = head(connection, programme)?;
        let end = End { change, head };
        self.journals.insert(programme, Journal { end, written: head.sequence });
        Ok(end)
    }

    /// Moves an end that was asked for before.
    pub(super) fn advance(&mut self, programme: Uuid, end: End) {
        if let Some(journal) = self.journals.get_mut(&programme) {
            journal.end = end;
        }
    }

    /// Whether the record is known to be there.
    pub(super) fn knows(&self, programme: Uuid, record: RecordRef) -> bool {
        self.present.contains(&(programme, record))
    }

    /// A record is there.
    pub(super) fn found(&mut self, programme: Uuid, record: RecordRef) {
        self.present.insert((programme, record));
    }

    /// A record is deleted.
    pub(super) fn gone(&mut self, programme: Uuid, record: RecordRef) {
        self.present.remove(&(programme, record));
    }

    /// Something was undone, so what was found meanwhile may not be there.
    pub(super) fn undone(&mut self) {
        self.present.clear();
    }

    /// Writes the ends that have moved beside their journals.
    pub(super) fn write(&mut self, connection: &Connection) -> Result<(), rusqlite::Error> {
        for (programme, Journal { end: End { head, .. }, written }) in &mut self.journals {
            if head.sequence > *written {
                let (sequence, hash) = (sequence_number(head.sequence), head.hash.as_bytes());
                connection
                    .prepare_cached(statements::MOVE_HEAD)?
                    .execute(params![programme, sequence, hash])?;
                *written = head.sequence;
            }
        }
        Ok(())
    }
}

/// The end of a journal as it is kept beside it.
pub(super) fn head(connection: &Connection, programme: Uuid) -> Result<Head, rusqlite::Error> {
    let read = |row: &Row<'_>| {
        let sequence: i64 = row.get(0)?;
        let sequence = Sequence(sequence.cast_unsigned());
        Ok(Head { sequence, hash: ContentHash::from_bytes(row.get(1)?) })
    };
    let head =
        connection.prepare_cached(statements::JOURNAL_HEAD)?.query_row([programme], read).optional()?;
    Ok(head.unwrap_or(Head::START))
}
