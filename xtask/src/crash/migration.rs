//! The schema: a migration that is killed is completed by the next start, and several servers that migrate at once do it once.

use std::path::PathBuf;
use std::process::Child;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

use super::Run;
use super::report::{Row, Verdict};
use crate::drill::cluster::Cluster;
use crate::drill::program::{Opening, Program, Server};
use crate::drill::stage::Stage;

/// How many servers start at once on a database without a schema.
const TOGETHER: usize = 3;
/// How often a migration is timed before any is killed.
const REHEARSALS: u32 = 3;
const APPLIED: &str =
    "SELECT count(*) || ' ' || count(DISTINCT version) FROM sister_cities.refinery_schema_history";

/// Where databases without a schema come from.
enum Place {
    Files(PathBuf),
    Cluster(Cluster),
}

/// Kills the migration of a new file.
pub(super) fn killed_on_a_file(run: &mut Run, times: u32) -> anyhow::Result<Row> {
    let stage = run.stage()?;
    let place = Place::Files(stage.folder().to_owned());
    killed(run, "sqlite-migration", &stage, &place, times)
}

/// Kills the migration of an empty database.
pub(super) fn killed_on_a_cluster(run: &mut Run, times: u32) -> anyhow::Result<Row> {
    let stage = run.stage()?;
    let place = Place::Cluster(Cluster::new(stage.folder(), &stage.folder().join("socket"))?);
    killed(run, "postgres-migration", &stage, &place, times)
}

fn killed(run: &mut Run, drill: &str, stage: &Stage, place: &Place, times: u32) -> anyhow::Result<Row> {
    let program = run.program(stage);
    let takes = (0..REHEARSALS).map(|rehearsal| takes(&program, &place.database(times + 1 + rehearsal)?));
    let takes = takes.collect::<anyhow::Result<Vec<_>>>()?.into_iter().min().unwrap_or_default();
    let (mut cut_short, mut in_the_middle) = (0, 0);
    for number in 1..=times {
        let opening = place.database(number)?;
        let before = place.traces(number)?;
        let mut migration = program.start(&opening, &["migrate"])?;
        // Spread over the whole time, each a little by chance.
        let step = takes / times;
        std::thread::sleep(step * (number - 1) + step * u32::try_from(run.chance.below(100))? / 100);
        let was_alive = ended_by_us(&mut migration)?;
        let at_once = place.traces(number)?;
        // The next start completes what was cut short, without help.
        let mut server = program.serve(&opening)?;
        server.ready().with_context(|| format!("after killed migration {number}"))?;
        // PostgreSQL has by now noticed that the other went away.
        let after = if matches!(place, Place::Files(_)) { at_once } else { place.traces(number)? };
        cut_short += u32::from(was_alive);
        in_the_middle += u32::from(was_alive && after > before);
        works(&program, &opening)?;
        server.kill()?;
        run.progress(number, times);
    }
    let note = format!(
        "{cut_short} before its end, {in_the_middle} of them seen to have begun; the next start completed each"
    );
    let row = Row::new(drill).kills(times).note(note);
    Ok(if in_the_middle > 0 {
        row
    } else {
        row.verdict(Verdict::Failed("no kill came in the middle of a migration".to_owned()))
    })
}

impl Place {
    fn database(&self, number: u32) -> anyhow::Result<Opening> {
        match self {
            Self::Files(_) => Ok(Opening::file(&self.file(number))),
            Self::Cluster(cluster) => cluster.database(&format!("office_{number}")),
        }
    }

    /// What a migration that has begun leaves: a file, or a transaction that PostgreSQL saw torn.
    fn traces(&self, number: u32) -> anyhow::Result<usize> {
        match self {
            Self::Files(_) => Ok(usize::from(self.file(number).exists())),
            Self::Cluster(cluster) => cluster.torn_transactions(),
        }
    }

    fn file(&self, number: u32) -> PathBuf {
        match self {
            Self::Files(folder) => folder.join(format!("data-{number}.db")),
            Self::Cluster(_) => PathBuf::new(),
        }
    }
}

/// How long a migration takes that nobody disturbs.
fn takes(program: &Program, opening: &Opening) -> anyhow::Result<Duration> {
    let started = Instant::now();
    program.run(opening, &["migrate"])?;
    Ok(started.elapsed())
}

/// Servers that start at once on an empty database; they migrate it once, and all serve.
pub(super) fn together(run: &mut Run, times: u32) -> anyhow::Result<Row> {
    let stage = run.stage()?;
    let cluster = Cluster::new(stage.folder(), &stage.folder().join("socket"))?;
    let program = run.program(&stage);
    let alone = cluster.database("alone")?;
    program.run(&alone, &["migrate"])?;
    let expected = cluster.query("alone", APPLIED)?;
    for number in 1..=times {
        let name = format!("office_{number}");
        let opening = cluster.database(&name)?;
        let servers = (0..TOGETHER).map(|_| program.serve(&opening));
        let mut servers = servers.collect::<anyhow::Result<Vec<Server>>>()?;
        for server in &mut servers {
            server.ready().with_context(|| format!("of {TOGETHER} that migrated at once, try {number}"))?;
        }
        let applied = cluster.query(&name, APPLIED)?;
        ensure!(applied == expected, "applied {applied} (all, distinct), alone {expected}");
        works(&program, &opening)?;
        servers.into_iter().try_for_each(Server::kill)?;
        run.progress(number, times);
    }
    let note = format!(
        "{times} times {TOGETHER} servers at once on a database without a schema: each migration applied once, all serve"
    );
    Ok(Row::new("migrate-together").note(note))
}

/// Kills a process; says whether it had not ended by itself.
fn ended_by_us(process: &mut Child) -> anyhow::Result<bool> {
    process.kill()?;
    Ok(process.wait()?.code().is_none())
}

/// Something can be stored, and its journal is whole.
fn works(program: &Program, opening: &Opening) -> anyhow::Result<()> {
    program.run(
        opening,
        &["programmes", "create", "Drill", "--city", "Chicago", "--country", "US", "--geonames", "4887398"],
    )?;
    program.run(opening, &["audit", "verify"]).map(drop)
}
