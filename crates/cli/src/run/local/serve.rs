//! Serving until stopped.

use sister_cities_server::local::{Local, Opening};
use sister_cities_server::{BindError, Server, ServerConfig};
use tokio_util::sync::CancellationToken;

use super::super::Work;
use super::settings::{self, Prepared};
use crate::args::{ServeArgs, WorkerArgs};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::write_stderr;

/// Serves a database until SIGINT or SIGTERM, and tells people and programs what happened and what is due.
pub(super) async fn serve(database: Opening, args: ServeArgs) -> Result<(), Failure> {
    let Prepared { server, worker, log, database_connections } =
        settings::prepare(args.config.as_deref(), args.settings.0)?;
    log.begin();
    let database = database.connections(database_connections);
    let local = Local::open_or_create(&database).await?;
    let worker = if args.no_worker { None } else { Some(settings::worker(&local, &worker)?) };
    let server = bind(&local, server).await?;
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
pub(super) async fn work(database: Opening, args: WorkerArgs) -> Result<(), Failure> {
    let Prepared { server: _, worker, log, database_connections } =
        settings::prepare(args.config.as_deref(), args.settings.0)?;
    log.begin();
    let database = database.connections(database_connections);
    let local = Local::open(&database).await?;
    let worker = settings::worker(&local, &worker)?;
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
            BindError::CursorKey(_) | _ => failure,
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
