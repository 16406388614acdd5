//! Telling the other servers on the same database that something was committed, and hearing it from them.
//!
//! `NOTIFY` inside a commit would make all commits of the server wait for each other, so it is sent afterwards, by a task that
//! gathers what has come together since. It may get lost with the connection; all it does is to wake.

use std::collections::BTreeSet;
use std::time::Duration;

use deadpool_postgres::Pool;
use futures_util::future::poll_fn;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;
use tokio_postgres::AsyncMessage;
use uuid::Uuid;

use super::session::{RlsContext, query};
use super::statements;
use super::tls::Address;
use super::value::Param;
use crate::Realm;
use crate::work::{Notifier, Signal};

/// So long commits are gathered into one message per programme.
const GATHER: Duration = Duration::from_millis(5);
/// How long after a lost connection it is tried again.
const AGAIN: Duration = Duration::from_millis(500);

/// Both tasks; they end when it is dropped.
#[derive(Debug)]
pub(super) struct ListenNotify {
    tell: UnboundedSender<Realm>,
    tasks: [JoinHandle<()>; 2],
}

impl ListenNotify {
    /// Begins to tell and to hear.
    pub(super) fn start(pool: Pool, address: Address, notifier: Notifier) -> Self {
        let (tell, told) = unbounded_channel();
        let tasks = [tokio::spawn(notify(pool, told)), tokio::spawn(listen(address, notifier))];
        Self { tell, tasks }
    }

    /// Where to say that something was committed.
    pub(super) fn handle(&self) -> UnboundedSender<Realm> {
        self.tell.clone()
    }
}

impl Drop for ListenNotify {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

async fn notify(pool: Pool, mut told: UnboundedReceiver<Realm>) {
    while let Some(first) = told.recv().await {
        tokio::time::sleep(GATHER).await;
        let mut realms = BTreeSet::from([first]);
        while let Ok(realm) = told.try_recv() {
            realms.insert(realm);
        }
        for realm in realms {
            let params: [Param<'_>; 1] = [Box::new(realm.uuid().to_string())];
            if let Err(failure) = query(&pool, RlsContext::Nothing, statements::NOTIFY, &params).await {
                tracing::debug!(%failure, "NOTIFY failed; the other servers are not woken");
            }
        }
    }
}

async fn listen(address: Address, notifier: Notifier) {
    loop {
        if let Err(error) = listen_until_lost(&address, &notifier).await {
            tracing::debug!(%error, "LISTEN connection failed, will retry");
        }
        tokio::time::sleep(AGAIN).await;
    }
}

/// Listens until the connection is lost.
async fn listen_until_lost(address: &Address, notifier: &Notifier) -> Result<(), tokio_postgres::Error> {
    let (client, mut connection) = address.connect().await?;
    let asking = client.batch_execute(statements::LISTEN);
    tokio::pin!(asking);
    let mut listening = false;
    loop {
        let message = poll_fn(|context| {
            if !listening && asking.as_mut().poll(context).is_ready() {
                listening = true;
                // Whatever was committed while nobody listened.
                notifier.notify(Signal::Anywhere);
            }
            connection.poll_message(context)
        });
        match message.await {
            Some(Ok(AsyncMessage::Notification(heard))) => {
                let realm = heard.payload().parse::<Uuid>().map(Realm::from_uuid);
                notifier.notify(realm.map_or(Signal::Anywhere, Signal::In));
            }
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(error),
            None => return Ok(()),
        }
    }
}
