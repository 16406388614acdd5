//! The demo: two programmes built from shipped facts, shown, and served.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::TimeDelta;
use indicatif::ProgressBar;
use serde::Serialize;
use sister_cities_client::api::Scope;
use sister_cities_client::api::domain::id::ProgrammeId;
use sister_cities_client::api::domain::value::Name;
use sister_cities_server::ServerConfig;
use sister_cities_server::local::{
    Demo, GAZETTEER_ATTRIBUTION, Local, Location, NewToken, Opening, Progress,
};
use tempfile::TempDir;

use super::super::session::Session;
use super::super::{now, partnerships};
use super::serve::{bind, until_stopped};
use super::settings::Log;
use crate::args::DemoArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::show::overview::Overview;
use crate::show::text::{Renderer, Style};
use crate::target::{Connection, Target};
use crate::terminal::bar;

/// What the demo shows; with `--json`, just this.
#[derive(Debug, Serialize)]
struct Shown {
    programmes: Vec<Overview>,
    #[serde(skip_serializing_if = "Option::is_none")]
    server: Option<Served>,
    attribution: &'static str,
}

/// Where the demo is served, and the token that opens it.
#[derive(Debug, Serialize)]
struct Served {
    url: String,
    token: String,
}

/// Builds the demo in a fresh database, shows it, and serves it unless told not to.
pub(super) async fn demo(args: DemoArgs, target: Target, output: Output) -> Result<(), Failure> {
    // Kept to the end: the temporary directory goes when this does.
    let (local, _kept) = fresh(target).await?;
    let demo = build(&local).await?;
    let programmes = overviews(&local, &demo, output).await?;
    let mut server = None;
    let mut access = None;
    if !args.no_serve {
        Log::of_environment()?.begin();
        let bound = bind(&local, ServerConfig::new(args.listen)).await?;
        access = Some(Served { url: bound.base_url(), token: token(&local).await? });
        server = Some(bound);
    }
    let shown = Shown { programmes, server: access, attribution: GAZETTEER_ATTRIBUTION };
    output.print(&shown, |out| shown.render(out))?;
    match server {
        Some(server) => until_stopped(server).await,
        None => Ok(()),
    }
}

/// A database that is not there yet: the one that is named, or one that goes when the demo ends.
async fn fresh(target: Target) -> Result<(Local, Option<TempDir>), Failure> {
    match target {
        Target::Database(database) => Ok((Local::create(&database).await?, None)),
        Target::Server { .. } | Target::Nothing => {
            let directory = tempfile::Builder::new().prefix("sister-cities-demo-").tempdir();
            let directory = directory.map_err(|e| Failure::caused(Exit::Failed, &e))?;
            let opening = Opening::new(Location::Sqlite(directory.path().join("demo.db")));
            Ok((Local::create(&opening).await?, Some(directory)))
        }
    }
}

async fn build(local: &Local) -> Result<Demo, Failure> {
    let bar = bar();
    let demo = local.demo(Arc::new(BarProgress(bar.clone()))).await;
    bar.finish_and_clear();
    Ok(demo?)
}

/// Shows progress on a bar.
pub(super) struct BarProgress(pub(super) ProgressBar);

impl Progress for BarProgress {
    fn at(&self, done: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(done);
    }
}

async fn overviews(local: &Local, demo: &Demo, output: Output) -> Result<Vec<Overview>, Failure> {
    let connection = Connection::on(local).await?;
    let mut all = Vec::new();
    for programme in [demo.chicago, demo.birmingham] {
        match overview(&connection, programme, output).await {
            Ok(overview) => all.push(overview),
            Err(failure) => {
                connection.close().await;
                return Err(failure);
            }
        }
    }
    connection.close().await;
    Ok(all)
}

async fn overview(
    connection: &Connection,
    programme: ProgrammeId,
    output: Output,
) -> Result<Overview, Failure> {
    let session = Session::open(&connection.client, Some(&programme.to_string()), output).await?;
    partnerships::overview(&session, None).await
}

/// A token for whoever tries the demo, for a week.
async fn token(local: &Local) -> Result<String, Failure> {
    let name = Name::new("demo").map_err(|e| Failure::caused(Exit::Failed, &e))?;
    let expires_at = Some(now() + TimeDelta::days(7));
    let request = NewToken { programme: None, name, scopes: BTreeSet::from([Scope::Admin]), expires_at };
    Ok(local.create_token(request).await?.text.reveal().to_owned())
}

impl Shown {
    fn render(&self, out: &mut Renderer) {
        for overview in &self.programmes {
            overview.render(out);
            out.end_line();
        }
        out.paragraph(0, Style::Faint, self.attribution);
        if let Some(server) = &self.server {
            out.end_line();
            out.heading("Served until you stop it with Ctrl-C. In another terminal:");
            for line in [
                format!("export SISTER_CITIES_URL={}", server.url),
                format!("export SISTER_CITIES_TOKEN={}", server.token),
                "sister-cities -p Chicago vitality Casablanca --timeline".to_owned(),
            ] {
                out.text.push_str("  ");
                out.text.push_str(&line);
                out.end_line();
            }
        }
    }
}
