//! The journal as a stream of events.

use std::collections::VecDeque;

use futures_util::Stream;
use futures_util::stream::try_unfold;
use sister_cities_api::PageLimit;
use sister_cities_api::domain::id::RecordRef;
use sister_cities_api::journal::{EventView, JournalQuery};

use super::Journal;
use crate::Error;

impl Journal {
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
