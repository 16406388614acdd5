//! Records that are read group by group, so that no more than one group and a page are in memory, however many groups there are.

use std::fmt;
use std::pin::Pin;

use futures_util::stream::{Peekable, Stream, StreamExt as _};

use crate::catalogue::{ColumnOf, ColumnValue};
use crate::{Direction, Listing, ProgrammeStore, ReadError, Record, Versioned};

type Records<T> = Pin<Box<dyn Stream<Item = Result<Versioned<T>, ReadError>> + Send>>;

/// The records that hold one of some values in a column, taken value by value.
pub struct Groups<T: 'static, V: 'static> {
    records: Pin<Box<Peekable<Records<T>>>>,
    column: &'static ColumnOf<T, V>,
}

impl<T, V> fmt::Debug for Groups<T, V> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Groups").field("column", &self.column.column.name).finish_non_exhaustive()
    }
}

impl<T: Record, V: ColumnValue> Groups<T, V> {
    /// Reads those that hold this value. Values are asked for in ascending order, and each once; what lies before is passed over.
    ///
    /// # Errors
    ///
    /// [`ReadError`]; nothing comes after it.
    pub async fn next(&mut self, value: V::Compared) -> Result<Vec<T>, ReadError> {
        let (column, value) = (self.column, value.into_value());
        let mut group = Vec::new();
        let is_so_far = |next: &Result<Versioned<T>, ReadError>| {
            next.as_ref().map_or(true, |next| column.value(&next.value) <= value)
        };
        while let Some(next) = self.records.as_mut().next_if(is_so_far).await {
            let record = next?.value;
            if column.value(&record) == value {
                group.push(record);
            }
        }
        Ok(group)
    }
}

impl ProgrammeStore {
    /// Prepares to read all records that hold one of these values in a column, by an index of that column, page by page and group by
    /// group. Not as recorded at a time. Every record has the column. What is created meanwhile may or may not be among them.
    pub fn groups_of<T: Record, V: ColumnValue>(
        &self,
        column: &'static ColumnOf<T, V>,
        values: impl IntoIterator<Item = V::Compared>,
    ) -> Groups<T, V> {
        let all = Listing::first(crate::database::WHOLE_LIST_PAGE).filter(column.any_of(values));
        let records: Records<T> = Box::pin(self.stream_pages(all.order_by(column, Direction::Ascending)));
        Groups { records: Box::pin(records.peekable()), column }
    }
}
