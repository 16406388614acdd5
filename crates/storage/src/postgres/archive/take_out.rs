//! Reading everything out of one snapshot, programme by programme, while others write.

use deadpool_postgres::{Pool, Transaction};
use sister_cities_domain::id::{EventId, ProgrammeId, RecordRef};
use tokio_postgres::{IsolationLevel, Row};
use uuid::Uuid;

use super::super::failure::Failure;
use super::super::read;
use super::super::session::acquire;
use super::super::statements as own;
use super::super::stored_values::{kind_of, text};
use super::super::value::{self, body, revision, sequence};
use super::statements;
use crate::archive::{
    ArchiveError, ChangeRow, DocumentRow, EntryRow, Item, ItemSender, PAGE, Part, PastRow, RecordRow, Rows,
    Scope, WorkRow,
};
use crate::audit::Head;
use crate::{IdempotencyKey, IdempotencyRecord, Realm, Unavailable};

/// Reads everything, and sends it.
pub(super) async fn run(pool: &Pool, scope: Scope, out: &ItemSender) {
    if let Err(error) = all(pool, scope, out).await {
        // Whoever asked may be gone.
        drop(out.send(Err(error)).await);
    }
}

async fn all(pool: &Pool, scope: Scope, out: &ItemSender) -> Result<(), ArchiveError> {
    let mut client = acquire(pool).await?;
    let transaction =
        client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true).start();
    let transaction = transaction.await?;
    transaction.batch_execute(statements::PATIENTLY).await?;
    let reading = Reading { transaction: &transaction, out };
    for realm in reading.realms(scope).await? {
        reading.enter(realm).await?;
        let programme = realm.uuid();
        let head = transaction.query_opt(own::JOURNAL_HEAD, &[&programme]).await?;
        let head = head.as_ref().map_or(Ok(Head::START), read::head)?;
        reading.send(Item::Realm(realm, head)).await?;
        for part in Part::all() {
            reading.part(realm, part).await?;
        }
    }
    reading.send(Item::End).await
}

struct Reading<'a> {
    transaction: &'a Transaction<'a>,
    out: &'a ItemSender,
}

impl Reading<'_> {
    async fn send(&self, item: Item) -> Result<(), ArchiveError> {
        // Nobody takes it any more: that ends the reading, and nobody is told.
        self.out.send(Ok(item)).await.map_err(|_| Unavailable::Closed.into())
    }

    async fn realms(&self, scope: Scope) -> Result<Vec<Realm>, ArchiveError> {
        match scope {
            Scope::Programme(programme) => {
                self.enter(Realm::Programme(programme)).await?;
                let known =
                    self.transaction.query_opt(statements::HAS_PROGRAMME, &[&programme.uuid()]).await?;
                known.ok_or(ArchiveError::NoProgramme(programme))?;
                Ok(vec![Realm::Programme(programme)])
            }
            Scope::Installation => {
                self.transaction.query_one(own::ENTER_MAINTENANCE, &[&"programmes"]).await?;
                let ids = self.transaction.query(statements::PROGRAMMES, &[]).await?;
                self.transaction.query_one(own::ENTER_MAINTENANCE, &[&""]).await?;
                let mut realms = vec![Realm::Installation];
                for row in &ids {
                    let id: Uuid = row.try_get(0)?;
                    realms.push(Realm::Programme(ProgrammeId::from_uuid(id)));
                }
                Ok(realms)
            }
        }
    }

    async fn enter(&self, realm: Realm) -> Result<(), ArchiveError> {
        self.transaction.query_one(own::ENTER_PROGRAMME, &[&realm.uuid()]).await?;
        Ok(())
    }

    async fn part(&self, realm: Realm, part: Part) -> Result<(), ArchiveError> {
        match part {
            Part::Changes => self.rows(statements::CHANGES, realm, PAGE, Rows::Changes, change).await,
            Part::Records(kind) => {
                let wrap = move |rows| Rows::Records(kind, rows);
                self.rows(&statements::of(kind).all, realm, PAGE, wrap, record).await
            }
            Part::History => self.rows(statements::HISTORY, realm, PAGE, Rows::History, past).await,
            Part::Journal => self.rows(statements::JOURNAL, realm, PAGE, Rows::Journal, entry).await,
            // Each may be large.
            Part::Documents => self.rows(statements::DOCUMENTS, realm, 1, Rows::Documents, document).await,
            Part::Replies => self.rows(statements::REPLIES, realm, PAGE, Rows::Replies, reply).await,
            Part::Work => self.rows(statements::WORK, realm, PAGE, Rows::Work, work).await,
            Part::Keys => self.rows(own::DATA_KEYS, realm, PAGE, Rows::Keys, read::data_key).await,
        }
    }

    async fn rows<T>(
        &self,
        sql: &str,
        realm: Realm,
        page: usize,
        wrap: impl Fn(Vec<T>) -> Rows,
        read: fn(&Row) -> Result<T, Failure>,
    ) -> Result<(), ArchiveError> {
        let statement = self.transaction.prepare(sql).await?;
        let portal = self.transaction.bind(&statement, &[&realm.uuid()]).await?;
        let most = i32::try_from(page).unwrap_or(i32::MAX);
        loop {
            let found = self.transaction.query_portal(&portal, most).await?;
            if found.is_empty() {
                return Ok(());
            }
            let rows = found.iter().map(read).collect::<Result<Vec<_>, _>>()?;
            self.send(Item::Rows(wrap(rows))).await?;
            if found.len() < page {
                return Ok(());
            }
        }
    }
}

/// A number that is never negative.
fn count(row: &Row, column: usize) -> Result<u64, Failure> {
    Ok(row.try_get::<_, i64>(column)?.cast_unsigned())
}

fn change(row: &Row) -> Result<ChangeRow, Failure> {
    Ok(ChangeRow { number: count(row, 0)?, at: row.try_get(1)?, actor: row.try_get(2)? })
}

fn record(row: &Row) -> Result<RecordRow, Failure> {
    Ok(RecordRow {
        id: row.try_get(0)?,
        revision: revision(row, 1)?,
        change: count(row, 2)?,
        body: body(row, 3, 4)?,
    })
}

fn past(row: &Row) -> Result<PastRow, Failure> {
    let is_tombstone = row.try_get::<_, Option<i32>>(4)?.is_none();
    Ok(PastRow {
        record: RecordRef { kind: kind_of(row, 0)?, id: row.try_get(1)? },
        revision: revision(row, 2)?,
        change: count(row, 3)?,
        body: if is_tombstone { None } else { Some(body(row, 4, 5)?) },
        until: row.try_get::<_, Option<i64>>(6)?.map(i64::cast_unsigned),
    })
}

fn entry(row: &Row) -> Result<EntryRow, Failure> {
    Ok(EntryRow {
        sequence: sequence(row, 0)?,
        change: count(row, 1)?,
        event: EventId::from_uuid(row.try_get(2)?),
        subject: RecordRef { kind: kind_of(row, 3)?, id: row.try_get(4)? },
        name: row.try_get(5)?,
        body: body(row, 6, 7)?,
        changes: row.try_get(8)?,
        seals: row.try_get(9)?,
        hash: read::hash(row, 10)?,
    })
}

fn document(row: &Row) -> Result<DocumentRow, Failure> {
    Ok(DocumentRow { hash: read::hash(row, 0)?, change: count(row, 1)?, bytes: row.try_get(2)? })
}

fn reply(row: &Row) -> Result<IdempotencyRecord, Failure> {
    let key = IdempotencyKey { credential: text(row, 0)?, route: text(row, 1)?, key: text(row, 2)? };
    read::reply_from(row, 3, &key)
}

fn work(row: &Row) -> Result<WorkRow, Failure> {
    let attempts: i32 = row.try_get(4)?;
    Ok(WorkRow {
        id: row.try_get(0)?,
        topic: row.try_get(1)?,
        event: sequence(row, 2)?,
        state: row.try_get(3)?,
        attempts: u32::try_from(attempts).map_err(|_| Failure::OutOfRange("attempts", attempts.into()))?,
        due_at: row.try_get(5)?,
        fence: count(row, 6)?,
        owner: value::text(row, 7)?,
        last_error: value::text(row, 8)?,
    })
}
