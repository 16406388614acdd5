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

use super::session::{Sight, ask};
use super::statements;
use super::tls::Address;
use super::value::Param;
use crate::Realm;
use crate::work::{Bell, Wake};

/// So long commits are gathered into one message per programme.
const GATHER: Duration = Duration::from_millis(5);
/// How long after a lost connection it is tried again.
const AGAIN: Duration = Duration::from_millis(500);

/// Both tasks; they end when it is dropped.
#[derive(Debug)]
pub(super) struct Ringing {
    tell: UnboundedSender<Realm>,
    tasks: [JoinHandle<()>; 2],
}

impl Ringing {
    /// Begins to tell and to hear.
    pub(super) fn start(pool: Pool, address: Address, bell: Bell) -> Self {
        let (tell, told) = unbounded_channel();
        let tasks = [tokio::spawn(speak(pool, told)), tokio::spawn(hear(address, bell))];
        Self { tell, tasks }
    }

    /// Where to say that something was committed.
    pub(super) fn handle(&self) -> UnboundedSender<Realm> {
        self.tell.clone()
    }
}

impl Drop for Ringing {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

async fn speak(pool: Pool, mut told: UnboundedReceiver<Realm>) {
    while let Some(first) = told.recv().await {
        tokio::time::sleep(GATHER).await;
        let mut realms = BTreeSet::from([first]);
        while let Ok(realm) = told.try_recv() {
            realms.insert(realm);
        }
        for realm in realms {
            let params: [Param<'_>; 1] = [Box::new(realm.uuid().to_string())];
            if let Err(failure) = ask(&pool, Sight::Nothing, statements::NOTIFY, &params).await {
                tracing::debug!(%failure, "the other servers were not woken");
            }
        }
    }
}

async fn hear(address: Address, bell: Bell) {
    loop {
        if let Err(error) = listen(&address, &bell).await {
            tracing::debug!(%error, "nobody can wake us for a while");
        }
        tokio::time::sleep(AGAIN).await;
    }
}

/// Listens until the connection is lost.
async fn listen(address: &Address, bell: &Bell) -> Result<(), tokio_postgres::Error> {
    let (client, mut connection) = address.connect().await?;
    let asking = client.batch_execute(statements::LISTEN);
    tokio::pin!(asking);
    let mut listening = false;
    loop {
        let message = poll_fn(|context| {
            if !listening && asking.as_mut().poll(context).is_ready() {
                listening = true;
                // Whatever was committed while nobody listened.
                bell.ring(Wake::Anywhere);
            }
            connection.poll_message(context)
        });
        match message.await {
            Some(Ok(AsyncMessage::Notification(heard))) => {
                let realm = heard.payload().parse::<Uuid>().map(Realm::from_uuid);
                bell.ring(realm.map_or(Wake::Anywhere, Wake::In));
            }
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(error),
            None => return Ok(()),
        }
    }
}
