//! Archives of a database on a server: taken out of one snapshot, put in by one transaction, both under the row-level security between
//! programmes: the server's own role is enough.

mod put_in;
pub(super) mod statements;
mod take_out;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use super::PostgresStore;
use super::failure::Failure;
use crate::Unavailable;
use crate::archive::{ArchiveError, Items, Portable, Rules, Scope, stream};
use crate::work::Signal;

impl Portable for PostgresStore {
    fn take_out(&self, scope: Scope) -> Items {
        let (out, items) = stream();
        let pool = self.pool.clone();
        tokio::spawn(async move { take_out::run(&pool, scope, &out).await });
        items
    }

    fn put_in(&self, items: Items, rules: Rules) -> BoxFuture<'_, Result<u64, ArchiveError>> {
        let pool = self.pool.clone();
        async move {
            // A task of its own, so that it comes to its end whoever stops waiting.
            let putting = tokio::spawn(async move { put_in::run(&pool, items, rules).await });
            let held = putting.await.map_err(|_| Unavailable::OutcomeUnknown)??;
            self.notifier.notify(Signal::Anywhere);
            Ok(held)
        }
        .boxed()
    }
}

impl From<Failure> for ArchiveError {
    fn from(failure: Failure) -> Self {
        match failure.contradiction() {
            Some(what) => Self::Contradiction(what),
            None => failure.unavailable().into(),
        }
    }
}

impl From<tokio_postgres::Error> for ArchiveError {
    fn from(error: tokio_postgres::Error) -> Self {
        Failure::from(error).into()
    }
}
