//! The journal of a programme: every change, as an event.

use std::collections::VecDeque;

use futures_util::Stream;
use futures_util::stream::try_unfold;
use sister_cities_api::domain::id::{ProgrammeId, RecordRef};
use sister_cities_api::journal::{
    EventView, HistoryPath, HistoryQuery, JournalQuery, ReadHistory, ReadJournal,
};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{NoBody, PageLimit};

use crate::{Call, Client, Error, List};

/// The journal of one programme.
#[derive(Clone, Debug)]
pub struct Journal {
    client: Client,
    programme: ProgrammeId,
}

impl Journal {
    pub(crate) fn new(client: Client, programme: ProgrammeId) -> Self {
        Self { client, programme }
    }

    /// Reads a stretch of the journal, oldest event first.
    pub fn read(&self, query: JournalQuery) -> Call<ReadJournal> {
        self.client.call(ProgrammePath { programme: self.programme }, query, NoBody)
    }

    /// The history of one record of any kind: each revision, the oldest first, with what it changed.
    pub fn history(&self, record: RecordRef, query: HistoryQuery) -> List<ReadHistory> {
        self.client.list(HistoryPath { programme: self.programme, record }, query)
    }

    /// All events after the one given (0: from the beginning) that are there now. To go on later, start again after
    /// the last event's `sequence`.
    pub fn after(&self, sequence: u64) -> impl Stream<Item = Result<EventView, Error>> + Send + use<> {
        self.about(None, sequence)
    }

    /// As [`after`](Self::after), only those about that record if one is given.
    pub fn about(
        &self,
        record: Option<RecordRef>,
        sequence: u64,
    ) -> impl Stream<Item = Result<EventView, Error>> + Send + use<> {
        let start = (self.clone(), sequence, VecDeque::<EventView>::new());
        try_unfold(start, move |(journal, mut after, mut events)| async move {
            if events.is_empty() {
                let query = JournalQuery { after: Some(after), record, limit: Some(PageLimit::MOST) };
                let stretch = journal.read(query).send().await?;
                after = after.max(stretch.next_after);
                events = stretch.items.into();
            }
            Ok(events.pop_front().map(|event| {
                after = after.max(event.sequence);
                (event, (journal, after, events))
            }))
        })
    }
}
