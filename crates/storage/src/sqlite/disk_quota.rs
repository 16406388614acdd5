//! For tests: a disk that is full, as far as SQLite can tell.

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::SqliteStore;
use super::writer::{Job, WriterTask};
use crate::Unavailable;

/// The limit on the size of the file of a store. Does not keep the store open.
#[derive(Clone, Debug)]
pub struct DiskQuota(Option<mpsc::WeakSender<Job>>);

impl SqliteStore {
    /// The limit on the size of its file.
    #[must_use]
    pub fn disk_quota(&self) -> DiskQuota {
        DiskQuota(self.writes.as_ref().map(mpsc::Sender::downgrade))
    }
}

impl DiskQuota {
    /// Allows so many pages more than the file has now, of 4,096 bytes each; for any number if none is said.
    ///
    /// # Errors
    ///
    /// [`Unavailable`] if the store is closed, or cannot do it.
    pub async fn set(&self, pages: Option<u32>) -> Result<(), Unavailable> {
        let limit = move |connection: &Connection| {
            let used: u32 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
            let most = pages.map_or(u32::MAX - 1, |pages| used.saturating_add(pages));
            connection.pragma_update_and_check(None, "max_page_count", most, |_| Ok(()))
        };
        let (answer, answered) = oneshot::channel();
        let writes = self.0.as_ref().and_then(mpsc::WeakSender::upgrade).ok_or(Unavailable::Closed)?;
        writes.send(Job::Task(WriterTask::new(limit, answer))).await.map_err(|_| Unavailable::Closed)?;
        drop(writes);
        answered.await.map_err(|_| Unavailable::Closed)?
    }
}
