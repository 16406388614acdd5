//! Archives of a SQLite file: taken out by a reader of its own, put in by a writer of its own.

mod put_in;
pub(super) mod statements;
mod take_out;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use super::SqliteStore;
use crate::Unavailable;
use crate::archive::{ArchiveError, Items, Portable, Rules, Scope, stream};
use crate::work::Signal;

impl Portable for SqliteStore {
    fn take_out(&self, scope: Scope) -> Items {
        let (out, items) = stream();
        let path = self.path.clone();
        let work = move || take_out::run(&path, scope, &out);
        if let Err(error) = std::thread::Builder::new().name("sqlite-archive".to_owned()).spawn(work) {
            // The stream ends without its end, which is noticed.
            tracing::error!(%error, "starting the archive reader thread failed");
        }
        items
    }

    fn put_in(&self, items: Items, rules: Rules) -> BoxFuture<'_, Result<u64, ArchiveError>> {
        let path = self.path.clone();
        async move {
            let putting = tokio::task::spawn_blocking(move || put_in::run(&path, items, rules));
            let held = putting.await.map_err(|_| Unavailable::Closed)??;
            self.notifier.notify(Signal::Anywhere);
            Ok(held)
        }
        .boxed()
    }
}
