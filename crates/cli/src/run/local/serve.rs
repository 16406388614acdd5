//! Serving until stopped.

use std::io::IsTerminal as _;

use sister_cities_server::local::{Local, Opening};
use sister_cities_server::{BindError, Server, ServerConfig};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use super::super::Work;
use super::worker::{receivers, worker};
use crate::args::{MessageArgs, ServeArgs};
use crate::failure::{Exit, Failure};
use crate::output::write_stderr;

/// Serves a database until SIGINT or SIGTERM, and tells people and programs what happened and what is due.
pub(super) async fn serve(database: Opening, args: ServeArgs) -> Result<(), Failure> {
    log();
    let local = Local::open_or_create(&database).await?;
    let receivers = receivers(&args.messages);
    let worker = if args.no_worker { None } else { Some(worker(&local, args.messages)?) };
    let config = ServerConfig::new(args.listen).with_receivers(receivers);
    let config = config.with_proxies(args.trusted_proxies.unwrap_or_default());
    let server = bind(&local, config).await?;
    let (location, url) = (database.location(), server.base_url());
    write_stderr(&format!("Serving {location} on {url}; stop with Ctrl-C.\n"));
    let stop = CancellationToken::new();
    let working = worker.map(|worker| {
        let stop = stop.clone();
        tokio::spawn(async move { worker.run(stop).await })
    });
    let outcome = until_stopped(server).await;
    stop.cancel();
    if let Some(working) = working {
        working.await.map_err(|error| Failure::caused(Exit::Failed, &error))?;
    }
    outcome
}

/// Tells people and programs what happened and what is due, until SIGINT or SIGTERM.
pub(super) async fn work(database: &Opening, args: MessageArgs) -> Result<(), Failure> {
    log();
    let local = Local::open(database).await?;
    let worker = worker(&local, args)?;
    write_stderr(&format!("Working on {}; stop with Ctrl-C.\n", database.location()));
    let stopped = stop_signal().map_err(|error| Failure::caused(Exit::Failed, &error))?;
    let stop = CancellationToken::new();
    let working = worker.run(stop.clone());
    tokio::pin!(working);
    tokio::select! {
        () = &mut working => {}
        () = stopped => {
            stop.cancel();
            working.await;
        }
    }
    Ok(())
}

pub(super) async fn bind(local: &Local, config: ServerConfig) -> Result<Server, Failure> {
    local.bind(config).await.map_err(|error| {
        let failure = Failure::caused(Exit::Failed, &error);
        match error {
            BindError::Address { .. } => {
                failure.hint("is it taken? give another by --listen, or port 0 for any")
            }
            BindError::Random(_) | _ => failure,
        }
    })
}

/// Serves until SIGINT or SIGTERM; accepted requests finish.
pub(super) fn until_stopped(server: Server) -> Work<'static> {
    Box::pin(async {
        let stopped = stop_signal().map_err(|e| Failure::caused(Exit::Failed, &e))?;
        server.serve(stopped).await;
        Ok(())
    })
}

#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    Ok(async {
        // Where no signal can be waited for, it serves until it is ended from outside.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

/// The log goes to stderr, by `RUST_LOG`, `info` unless set.
pub(super) fn log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // A second subscriber is refused; the first goes on.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .try_init();
}
