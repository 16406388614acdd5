//! `cargo xtask siege`: attacks a server on this machine with what could hold it up, good requests beside it, and says what these suffered.
//!
//! Everything is bounded in time and stays on the loopback addresses of this machine. `town` is what the server holds; `good` asks as an office does, at a
//! steady pace, and looks at `/livez`; each attack of `attacks` has its turn; `report` is the table, and what is promised (P23, P25, P26, P27).

mod attacks;
mod bombs;
mod connections;
mod cores;
mod good;
mod report;
mod town;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use clap::{Args, ValueEnum};
use rustix::process::Signal;
use xshell::Shell;

use crate::drill::cluster::Cluster;
use crate::drill::program::{Opening, Program, Server};
use crate::drill::stage::{Stage, signal};
use crate::drill::{self, Profile};
use attacks::Attack;
use good::Good;
use report::Row;
use town::Town;

/// How long a server that is told to stop may take, whoever is connected: its grace, and a little.
const STOP_WITHIN: Duration = Duration::from_secs(35);

/// What is besieged, and for how long.
#[derive(Args, Clone, Debug)]
pub(crate) struct SiegeArgs {
    /// On which back ends; on both unless given
    back_ends: Vec<BackEnd>,
    /// Seconds for each attack
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u64).range(2..=120))]
    seconds: u64,
    /// Only attacks whose name holds this
    #[arg(long, default_value = "")]
    only: String,
    /// The program to attack, instead of the one built here in release mode
    #[arg(long)]
    program: Option<PathBuf>,
    /// The folder in which to work; that for temporary files unless given
    #[arg(long)]
    folder: Option<PathBuf>,
}

/// Where the records lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BackEnd {
    /// In a file
    Sqlite,
    /// In a PostgreSQL of our own
    Postgres,
}

/// Attacks, and fails if somebody who asks as an office does suffers more than is promised.
pub(crate) fn run(sh: &Shell, args: &SiegeArgs) -> anyhow::Result<()> {
    let program = match &args.program {
        Some(program) => program.canonicalize().with_context(|| program.display().to_string())?,
        None => drill::build(sh, Profile::Release)?,
    };
    let all = [BackEnd::Sqlite, BackEnd::Postgres];
    let back_ends = if args.back_ends.is_empty() { &all[..] } else { &args.back_ends };
    let parent = args.folder.clone().unwrap_or_else(std::env::temp_dir);
    let mut has_held = true;
    for back_end in back_ends {
        if *back_end == BackEnd::Postgres
            && let Some(missing) = Cluster::missing()
        {
            bail!("{missing}");
        }
        let stage = Stage::set(&parent)?;
        let facts = sh.current_dir().join("crates/app/facts/chicago_partnerships.csv");
        let rows = besiege(
            *back_end,
            args,
            &stage,
            &Program::new(program.clone(), stage.folder().to_owned()),
            &facts,
        )?;
        has_held &= rows.iter().all(Row::has_held);
    }
    ensure!(has_held, "somebody suffered more than is promised");
    Ok(())
}

fn besiege(
    back_end: BackEnd,
    args: &SiegeArgs,
    stage: &Stage,
    program: &Program,
    facts: &std::path::Path,
) -> anyhow::Result<Vec<Row>> {
    let (opening, _cluster) = match back_end {
        BackEnd::Sqlite => (Opening::file(&stage.folder().join("town.db")), None),
        BackEnd::Postgres => {
            // As if on a machine of its own: before the attackers, which leave the processor to whoever else wants it.
            cores::as_attacker()?;
            let cluster = Cluster::new(stage.folder(), &stage.folder().join("socket"))?;
            (cluster.database("siege")?, Some(cluster))
        }
    };
    cores::as_server()?;
    let mut town = Town::set_up(program, &opening, stage.folder(), facts)?;
    let mut server = program.serve(&opening)?;
    cores::as_attacker()?;
    let address = server.ready()?;
    town.look_around(address)?;
    let process = server.process()?;
    let turn = Duration::from_secs(args.seconds);
    let mut rows: Vec<Row> = Vec::new();
    let bombs = bombs::all();
    for attack in Attack::all().into_iter().filter(|attack| attack.name().contains(&args.only)) {
        println!("siege: {}", attack.name());
        let good = Good::begin(&town, address, process);
        let attacked = attack.begin(&town, &bombs, address);
        std::thread::sleep(turn);
        let suffered = good.end();
        let told = attacked.end();
        rows.push(Row {
            attack: attack.name(),
            usual: rows.first().map_or(suffered.answered, |row| row.usual),
            suffered,
            told,
        });
        // What was begun is finished before the next begins.
        std::thread::sleep(Duration::from_secs(1));
    }
    println!("\n{back_end:?}, {} s each\n\n{}", args.seconds, report::table(&rows));
    stop(&town, &mut server, address)?;
    Ok(rows)
}

/// Stops the server while clients do not read what it sends them.
fn stop(town: &Town, server: &mut Server, address: SocketAddr) -> anyhow::Result<()> {
    let holding = Attack::NeverRead.begin(town, &[], address);
    std::thread::sleep(Duration::from_secs(2));
    let begun = Instant::now();
    signal(server.process()?, Signal::TERM)?;
    let ended = server.ended_within(STOP_WITHIN);
    let took = begun.elapsed();
    holding.end();
    ensure!(ended?, "the server did not stop within {STOP_WITHIN:?} while clients did not read");
    println!("siege: stopped within {took:.1?}, with clients that did not read");
    Ok(())
}
