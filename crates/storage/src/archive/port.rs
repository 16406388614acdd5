//! What a back end does for archives: rows out of one moment, and rows in as one step.

use chrono::{DateTime, SubsecRound as _, Utc};
use futures_util::future::BoxFuture;
use sister_cities_domain::id::{ProgrammeId, RecordKind, RecordRef};
use tokio::sync::mpsc;

use super::ArchiveError;
use super::rows::{Item, RecordRow, WorkRow};
use crate::work::WorkState;
use crate::{RawRecord, Realm, catalogue};

/// How many items wait between the two ends; each is a page of rows, so that memory stays bounded.
const WAITING: usize = 4;
/// At most so many rows are one page.
pub(crate) const PAGE: usize = 200;

/// A stream of items, in the order of archives. An error ends it.
pub type Items = mpsc::Receiver<Result<Item, ArchiveError>>;
/// The other end of it.
pub type ItemSender = mpsc::Sender<Result<Item, ArchiveError>>;

/// Two ends of a stream.
pub(crate) fn stream() -> (ItemSender, Items) {
    mpsc::channel(WAITING)
}

/// What to take out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "one or all")]
pub enum Scope {
    /// One programme.
    Programme(ProgrammeId),
    /// Everything.
    Installation,
}

/// Under which conditions rows are put in.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// What is put in: it must not be there.
    pub scope: Scope,
    /// Whether a journal that is not whole is a reason to refuse.
    pub journals: Journals,
    /// Whether work that waits is done here.
    pub work: WaitingWork,
}

/// What to do about a journal that is not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "it is refused or it is not")]
pub enum Journals {
    /// Refuse.
    MustBeWhole,
    /// Take it as it is; who restores has nothing better.
    AsTheyAre,
}

/// What becomes of work that waits, or that somebody was doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "it is done here or it is held")]
pub enum WaitingWork {
    /// It is done here: nobody else does it.
    Resume,
    /// What was due by then, or leased, may have been done since it was written down. It is held: given up with a reason, so
    /// that it is seen and can be done again. What is due later stays.
    HoldDueBy(DateTime<Utc>),
}

/// A back end that archives can be made of.
pub trait Portable: Send + Sync {
    /// Takes rows out, as they are at one moment that is not before the call; others may write meanwhile.
    fn take_out(&self, scope: Scope) -> Items;

    /// Puts rows in, all of them or none, and says how much work was held.
    ///
    /// # Errors
    ///
    /// [`ArchiveError`]; nothing is stored then.
    fn put_in(&self, items: Items, rules: Rules) -> BoxFuture<'_, Result<u64, ArchiveError>>;
}

impl WaitingWork {
    /// The work as it is put in, and whether it is held.
    #[must_use]
    pub fn put(self, work: WorkRow) -> (WorkRow, bool) {
        let Self::HoldDueBy(now) = self else { return (work, false) };
        let leased = work.state == WorkState::Leased.as_str();
        if !leased && (work.state != WorkState::Ready.as_str() || work.due_at > now) {
            return (work, false);
        }
        let state = WorkState::Dead.as_str().to_owned();
        (WorkRow { state, due_at: now.trunc_subsecs(6), last_error: Some(HELD.to_owned()), ..work }, true)
    }
}

/// A record as it is stored, with the columns that follow from its body.
///
/// # Errors
///
/// [`ArchiveError::Contradiction`] if the body is not one of such a record.
pub(crate) fn raw_record(realm: Realm, kind: RecordKind, row: &RecordRow) -> Result<RawRecord, ArchiveError> {
    let record = RecordRef { kind, id: row.id };
    let wrong = |what: String| ArchiveError::Contradiction(format!("{record}: {what}"));
    let read = catalogue::describe(kind).read(&row.body).map_err(wrong)?;
    if read.record != record || read.realm != realm {
        return Err(wrong("its body is that of another record or programme".to_owned()));
    }
    let (columns, sets) = (read.columns.values, read.columns.sets);
    Ok(RawRecord { record, columns, sets, body: row.body.clone() })
}

/// What is said of work that was held.
const HELD: &str = "held by a restore: it was due when the backup was taken or since, and may have been done";
