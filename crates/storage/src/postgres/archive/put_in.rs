//! Putting everything in, in one transaction, programme by programme.

use deadpool_postgres::{Pool, Transaction};
use sister_cities_domain::id::RecordKind;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use super::super::session::acquire;
use super::super::value::{Param, escape};
use super::super::{read, search, statements as own};
use super::statements;
use crate::archive::{
    ArchiveError, EntryRow, Item, Items, Journals, PastRow, RecordRow, Rows, Rules, Scope, WorkRow,
    raw_record,
};
use crate::audit::{Fault, Head, Walk};
use crate::catalogue::describe;
use crate::vault::WrappedKey;
use crate::{IdempotencyRecord, Realm, Unavailable, Value};

/// How many entries of a journal are verified at a time.
const ENTRIES: i32 = 500;

/// Puts in what comes, or nothing. Says how much work was held.
pub(super) async fn run(pool: &Pool, items: Items, rules: Rules) -> Result<u64, ArchiveError> {
    let mut client = acquire(pool).await?;
    // Dropping the transaction rolls back what is not committed.
    let transaction = client.transaction().await?;
    transaction.batch_execute(statements::PATIENTLY).await?;
    let mut putting = Putting { transaction: &transaction, rules, present: None, held: 0 };
    putting.all(items).await?;
    let held = putting.held;
    transaction.commit().await?;
    Ok(held)
}

struct Putting<'a> {
    transaction: &'a Transaction<'a>,
    rules: Rules,
    /// The realm whose rows come, where its journal is to end, and the last of its commits so far.
    present: Option<(Realm, Head, u64)>,
    held: u64,
}

impl Putting<'_> {
    async fn all(&mut self, mut items: Items) -> Result<(), ArchiveError> {
        if self.rules.scope == Scope::Installation {
            self.run(own::ENTER_MAINTENANCE, &[&"programmes"]).await?;
            if self.is(statements::PROGRAMMES, &[]).await? {
                return Err(ArchiveError::NotEmpty);
            }
            self.run(own::ENTER_MAINTENANCE, &[&""]).await?;
        }
        loop {
            match items.recv().await {
                Some(Ok(Item::Realm(realm, head))) => {
                    self.finish().await?;
                    self.begin(realm, head).await?;
                }
                Some(Ok(Item::Rows(rows))) => self.add(rows).await?,
                Some(Ok(Item::End)) => return self.finish().await,
                Some(Err(error)) => return Err(error),
                None => return Err(Unavailable::Closed.into()),
            }
        }
    }

    async fn is(&self, sql: &str, params: &[&(dyn ToSql + Sync)]) -> Result<bool, ArchiveError> {
        Ok(!self.transaction.query(sql, params).await?.is_empty())
    }

    async fn run(&self, sql: &str, params: &[&(dyn ToSql + Sync)]) -> Result<(), ArchiveError> {
        let statement = self.transaction.prepare_cached(sql).await?;
        self.transaction.query(&statement, params).await?;
        Ok(())
    }

    async fn put(&self, sql: &str, params: Vec<Param<'_>>) -> Result<(), ArchiveError> {
        let params: Vec<&(dyn ToSql + Sync)> =
            params.iter().map(|param| param.as_ref() as &(dyn ToSql + Sync)).collect();
        self.run(sql, &params).await
    }

    async fn begin(&mut self, realm: Realm, head: Head) -> Result<(), ArchiveError> {
        self.run(own::ENTER_PROGRAMME, &[&realm.uuid()]).await?;
        let known = self.is(statements::IS_KNOWN, &[&realm.uuid()]).await?;
        match self.rules.scope {
            Scope::Programme(programme) if realm != Realm::Programme(programme) => {
                return Err(ArchiveError::Contradiction("it holds another programme too".to_owned()));
            }
            Scope::Programme(_) if known => return Err(ArchiveError::Exists(realm)),
            Scope::Installation if known => return Err(ArchiveError::NotEmpty),
            Scope::Programme(_) | Scope::Installation => {}
        }
        self.present = Some((realm, head, 0));
        Ok(())
    }

    async fn add(&mut self, rows: Rows) -> Result<(), ArchiveError> {
        let Some((realm, _, last)) = &mut self.present else {
            return Err(ArchiveError::Contradiction("rows of no programme".to_owned()));
        };
        let realm = *realm;
        let programme = realm.uuid();
        match rows {
            Rows::Changes(rows) => {
                *last = rows.last().map_or(*last, |row| row.number);
                let params: Vec<Param<'_>> = vec![
                    Box::new(programme),
                    Box::new(numbers(rows.iter().map(|row| row.number))?),
                    Box::new(rows.iter().map(|row| row.at).collect::<Vec<_>>()),
                    Box::new(rows.iter().map(|row| row.actor.as_str()).collect::<Vec<_>>()),
                ];
                self.put(statements::ADD_CHANGES, params).await
            }
            Rows::Records(kind, rows) => self.records(realm, kind, &rows).await,
            Rows::History(rows) => self.put(statements::ADD_PAST, past(programme, &rows)?).await,
            Rows::Journal(rows) => self.put(statements::ADD_ENTRIES, entries(programme, &rows)?).await,
            Rows::Documents(rows) => {
                for row in rows {
                    let params: Vec<Param<'_>> = vec![
                        Box::new(programme),
                        Box::new(row.hash.as_bytes().to_vec()),
                        Box::new(number(row.change)?),
                        Box::new(row.bytes),
                    ];
                    self.put(statements::ADD_DOCUMENT, params).await?;
                }
                Ok(())
            }
            Rows::Replies(rows) => self.put(own::PUT_REPLIES, replies(programme, &rows)).await,
            Rows::Work(rows) => {
                let put = rows.into_iter().map(|row| {
                    let (row, held) = self.rules.work.put(row);
                    self.held += u64::from(held);
                    row
                });
                let rows: Vec<WorkRow> = put.collect();
                self.put(statements::ADD_WORK, work(programme, &rows)?).await
            }
            Rows::Keys(rows) => {
                for WrappedKey { number, wrapped, made_at } in rows {
                    let params: Vec<Param<'_>> = vec![
                        Box::new(programme),
                        Box::new(i64::from(number)),
                        Box::new(wrapped),
                        Box::new(made_at),
                    ];
                    self.put(own::ADD_DATA_KEY, params).await?;
                }
                Ok(())
            }
        }
    }

    async fn records(&self, realm: Realm, kind: RecordKind, rows: &[RecordRow]) -> Result<(), ArchiveError> {
        let raw = rows.iter().map(|row| raw_record(realm, kind, row)).collect::<Result<Vec<_>, _>>()?;
        let mut params: Vec<Param<'_>> = vec![
            Box::new(realm.uuid()),
            Box::new(rows.iter().map(|row| row.id).collect::<Vec<_>>()),
            Box::new(rows.iter().map(|row| i64::from(row.revision.number())).collect::<Vec<_>>()),
            Box::new(numbers(rows.iter().map(|row| row.change))?),
            Box::new(rows.iter().map(|row| i32::from(row.body.version)).collect::<Vec<_>>()),
            Box::new(rows.iter().map(|row| row.body.json.as_str()).collect::<Vec<_>>()),
        ];
        for place in 0..describe(kind).columns.len() {
            params.push(Box::new(raw.iter().map(|raw| &raw.columns[place]).collect::<Vec<_>>()));
        }
        self.put(&statements::of(kind).add, params).await?;
        for (place, set) in own::of(kind).sets.iter().enumerate() {
            if let Some(params) = set.members(realm.uuid(), place, raw.iter()) {
                self.put(&set.add, params).await?;
            }
        }
        let entries: Vec<_> =
            raw.iter().filter_map(|raw| crate::search::entry(raw.record, &raw.body.json)).collect();
        for sql in [search::KEEP, search::INDEX] {
            self.put(sql, search::params(realm.uuid(), kind, &entries)).await?;
        }
        Ok(())
    }

    /// Sees to what can only be seen when all of a realm is in.
    async fn finish(&mut self) -> Result<(), ArchiveError> {
        let Some((realm, head, last)) = self.present.take() else { return Ok(()) };
        let programme = realm.uuid();
        if head != Head::START || last > 0 {
            let params: Vec<Param<'_>> = vec![
                Box::new(programme),
                Box::new(number(last)?),
                Box::new(number(head.sequence.0)?),
                Box::new(head.hash.as_bytes().to_vec()),
            ];
            self.put(statements::ADD_HEAD, params).await?;
            // What happened before is told to nobody again.
            let params: Vec<Param<'_>> = vec![Box::new(programme), Box::new(number(head.sequence.0)?)];
            self.put(statements::SET_POSITION, params).await?;
        }
        self.transaction.batch_execute(statements::CHECK_NOW).await?;
        if realm != Realm::Installation && !self.is(statements::HAS_PROGRAMME, &[&programme]).await? {
            return Err(ArchiveError::Contradiction(format!("{realm:?} has no record of itself")));
        }
        match self.walk(realm, head).await? {
            Err(fault) if self.rules.journals == Journals::MustBeWhole => {
                Err(ArchiveError::Journal { realm, fault })
            }
            Err(fault) => {
                tracing::warn!(?realm, %fault, "the journal of a restored realm is corrupt");
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    /// Follows the journal from its first entry to its last. It is asked for once and read in parts: nothing has counted these tables yet, and
    /// each part asked for by itself may be found by sorting all of it.
    async fn walk(&self, realm: Realm, head: Head) -> Result<Result<(), Fault>, ArchiveError> {
        let mut walk = Walk::new(realm);
        let journal = self.transaction.prepare_cached(own::JOURNAL).await?;
        let portal = self.transaction.bind(&journal, &[&realm.uuid(), &0_i64, &i64::MAX]).await?;
        loop {
            let rows = self.transaction.query_portal(&portal, ENTRIES).await?;
            if rows.is_empty() {
                return Ok(walk.end_at(head));
            }
            for row in &rows {
                if let Err(fault) = walk.step(&read::entry(row)?) {
                    return Ok(Err(fault));
                }
            }
        }
    }
}

/// A number as PostgreSQL counts.
fn number(number: u64) -> Result<i64, ArchiveError> {
    i64::try_from(number).map_err(|_| ArchiveError::Contradiction(format!("{number} is no number of a row")))
}

fn numbers(all: impl Iterator<Item = u64>) -> Result<Vec<i64>, ArchiveError> {
    all.map(number).collect()
}

fn past(programme: Uuid, rows: &[PastRow]) -> Result<Vec<Param<'_>>, ArchiveError> {
    Ok(vec![
        Box::new(programme),
        Box::new(rows.iter().map(|row| row.record.kind.as_str()).collect::<Vec<_>>()),
        Box::new(rows.iter().map(|row| row.record.id).collect::<Vec<_>>()),
        Box::new(rows.iter().map(|row| i64::from(row.revision.number())).collect::<Vec<_>>()),
        Box::new(numbers(rows.iter().map(|row| row.change))?),
        Box::new(
            rows.iter().map(|row| row.body.as_ref().map(|body| i32::from(body.version))).collect::<Vec<_>>(),
        ),
        Box::new(rows.iter().map(|row| row.body.as_ref().map(|body| body.json.as_str())).collect::<Vec<_>>()),
        Box::new(rows.iter().map(|row| row.until.map(number).transpose()).collect::<Result<Vec<_>, _>>()?),
    ])
}

fn entries(programme: Uuid, rows: &[EntryRow]) -> Result<Vec<Param<'_>>, ArchiveError> {
    Ok(vec![
        Box::new(programme),
        Box::new(numbers(rows.iter().map(|row| row.sequence.0))?),
        Box::new(numbers(rows.iter().map(|row| row.change))?),
        Box::new(rows.iter().map(|row| row.event.uuid()).collect::<Vec<_>>()),
        Box::new(rows.iter().map(|row| row.subject.kind.as_str()).collect::<Vec<_>>()),
        Box::new(rows.iter().map(|row| row.subject.id).collect::<Vec<_>>()),
        Box::new(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>()),
        Box::new(rows.iter().map(|row| i32::from(row.body.version)).collect::<Vec<_>>()),
        Box::new(rows.iter().map(|row| row.body.json.as_str()).collect::<Vec<_>>()),
        Box::new(rows.iter().map(|row| row.changes.as_deref()).collect::<Vec<_>>()),
        Box::new(rows.iter().map(|row| row.seals.as_str()).collect::<Vec<_>>()),
        Box::new(rows.iter().map(|row| row.hash.as_bytes().as_slice()).collect::<Vec<_>>()),
    ])
}

fn replies(programme: Uuid, rows: &[IdempotencyRecord]) -> Vec<Param<'_>> {
    fn texts<'a>(
        rows: &'a [IdempotencyRecord],
        text: impl Fn(&'a IdempotencyRecord) -> &'a str,
    ) -> Param<'static> {
        Box::new(rows.iter().map(|row| Value::from(text(row))).collect::<Vec<_>>())
    }
    vec![
        Box::new(programme),
        texts(rows, |row| &row.key.credential),
        texts(rows, |row| &row.key.route),
        texts(rows, |row| &row.key.key),
        Box::new(rows.iter().map(|row| row.fingerprint.to_vec()).collect::<Vec<_>>()),
        Box::new(rows.iter().map(|row| i32::from(row.status)).collect::<Vec<_>>()),
        Box::new(rows.iter().map(|row| row.body.as_slice()).collect::<Vec<_>>()),
        Box::new(rows.iter().map(|row| row.expires_at).collect::<Vec<_>>()),
    ]
}

fn work(programme: Uuid, rows: &[WorkRow]) -> Result<Vec<Param<'_>>, ArchiveError> {
    let attempts = |row: &WorkRow| i32::try_from(row.attempts).unwrap_or(i32::MAX);
    Ok(vec![
        Box::new(programme),
        Box::new(rows.iter().map(|row| row.id).collect::<Vec<_>>()),
        Box::new(rows.iter().map(|row| row.topic.as_str()).collect::<Vec<_>>()),
        Box::new(numbers(rows.iter().map(|row| row.event.0))?),
        Box::new(rows.iter().map(|row| row.state.as_str()).collect::<Vec<_>>()),
        Box::new(rows.iter().map(attempts).collect::<Vec<_>>()),
        Box::new(rows.iter().map(|row| row.due_at).collect::<Vec<_>>()),
        Box::new(numbers(rows.iter().map(|row| row.fence))?),
        Box::new(rows.iter().map(|row| row.owner.as_deref().map(escape)).collect::<Vec<_>>()),
        Box::new(rows.iter().map(|row| row.last_error.as_deref().map(escape)).collect::<Vec<_>>()),
    ])
}
