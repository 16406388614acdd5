//! What the writer knows while it has the database to itself: where the journals end and at which revisions records are. Each is read
//! once and each end of a journal is written once, however many change sets are committed together.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use sister_cities_domain::id::RecordRef;
use sister_cities_domain::value::ContentHash;
use uuid::Uuid;

use super::statements;
use super::value::sequence_number;
use crate::audit::Head;
use crate::decide::{Accepted, JournalTail};
use crate::{Revision, Sequence};

/// What is known inside one transaction.
#[derive(Debug, Default)]
pub(super) struct JournalTailCache {
    journals: HashMap<Uuid, Journal>,
    revisions: HashMap<(Uuid, RecordRef), Revision>,
}

#[derive(Clone, Copy, Debug)]
struct Journal {
    tail: JournalTail,
    /// The last entry that the end kept beside the journal tells of.
    written: Sequence,
}

impl JournalTailCache {
    /// The end of that programme's journal.
    pub(super) fn tail_of(
        &mut self,
        connection: &Connection,
        programme: Uuid,
    ) -> Result<JournalTail, rusqlite::Error> {
        if let Some(journal) = self.journals.get(&programme) {
            return Ok(journal.tail);
        }
        let mut last = connection.prepare_cached(statements::LAST_CHANGE)?;
        let change: Option<i64> = last.query_row([programme], |row| row.get(0)).optional()?;
        let tail = JournalTail { change: change.unwrap_or(0), head: head(connection, programme)? };
        self.journals.insert(programme, Journal { tail, written: tail.head.sequence });
        Ok(tail)
    }

    /// The revision that a record is at, if that is known.
    pub(super) fn revision(&self, programme: Uuid, record: RecordRef) -> Option<Revision> {
        self.revisions.get(&(programme, record)).copied()
    }

    /// A record was found at that revision.
    pub(super) fn found(&mut self, programme: Uuid, record: RecordRef, revision: Revision) {
        self.revisions.insert((programme, record), revision);
    }

    /// A change set was written.
    pub(super) fn advance(&mut self, programme: Uuid, accepted: &Accepted<'_>) {
        if let Some(journal) = self.journals.get_mut(&programme) {
            journal.tail = accepted.tail;
        }
        for (record, _) in accepted.changes.deletes() {
            self.revisions.remove(&(programme, *record));
        }
        for (record, revision) in &accepted.revisions {
            self.found(programme, *record, *revision);
        }
    }

    /// Writes the ends that have moved beside their journals.
    pub(super) fn write(&mut self, connection: &Connection) -> Result<(), rusqlite::Error> {
        for (programme, Journal { tail: JournalTail { head, .. }, written }) in &mut self.journals {
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
