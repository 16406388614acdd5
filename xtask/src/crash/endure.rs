//! Kills and power cuts: a server and its writers, struck at random instants, again and again.

use std::ops::RangeInclusive;
use std::time::Duration;

use anyhow::Context as _;

use super::Run;
use super::chance::Chance;
use super::compare::{Found, compare};
use super::disk::Disk;
use super::ledger::Ledger;
use super::writers::{Office, Writers};
use crate::drill::cluster::Cluster;
use crate::drill::program::{Opening, Server};
use crate::drill::stage::{Stage, freeze};

/// How long everybody works between two strikes, in milliseconds.
const LIFE: RangeInclusive<u64> = 20..=1_200;
/// The same where a commit has further to go.
const LIFE_ON_A_CLUSTER: RangeInclusive<u64> = 20..=2_400;
/// When a server is struck that has just been started, in milliseconds.
const BIRTH: RangeInclusive<u64> = 0..=120;
/// How many acknowledged writes are asked for once more at the end.
const REPEATS: usize = 100;
/// Room for the data of a drill, in MB.
const FILE_DISK: u64 = 192;
const CLUSTER_DISK: u64 = 320;

/// What is struck, and how.
enum Ground {
    /// A file; the server is killed.
    File,
    /// A file on a disk; its power is cut.
    FileOn(Disk),
    /// A PostgreSQL; the server is killed, or PostgreSQL, or both.
    Cluster(Cluster),
    /// A PostgreSQL on a disk; its power is cut.
    ClusterOn(Disk, Cluster),
}

/// `kill -9` at random instants; the data in a file.
pub(super) fn kill_on_a_file(run: &mut Run, times: u32) -> anyhow::Result<Found> {
    let stage = run.stage()?;
    let opening = Opening::file(&stage.folder().join("data.db"));
    endure(run, &stage, &mut Ground::File, &opening, times)
}

/// Power cuts; the data in a file.
pub(super) fn cut_on_a_file(run: &mut Run, times: u32, safety: Safety) -> anyhow::Result<Found> {
    let stage = run.stage()?;
    let disk = Disk::new(&stage, FILE_DISK)?;
    let opening = safety.of(Opening::file(&disk.folder().join("data.db")));
    endure(run, &stage, &mut Ground::FileOn(disk), &opening, times)
}

/// `kill -9` at random instants; the data in PostgreSQL.
pub(super) fn kill_on_a_cluster(run: &mut Run, times: u32) -> anyhow::Result<Found> {
    let stage = run.stage()?;
    let cluster = Cluster::new(stage.folder(), &stage.folder().join("socket"))?;
    let opening = cluster.database("office")?;
    endure(run, &stage, &mut Ground::Cluster(cluster), &opening, times)
}

/// Power cuts; the data in PostgreSQL.
pub(super) fn cut_on_a_cluster(run: &mut Run, times: u32, safety: Safety) -> anyhow::Result<Found> {
    let stage = run.stage()?;
    let disk = Disk::new(&stage, CLUSTER_DISK)?;
    let cluster = Cluster::new(disk.folder(), &stage.folder().join("socket"))?;
    let opening = safety.of(cluster.database("office")?);
    endure(run, &stage, &mut Ground::ClusterOn(disk, cluster), &opening, times)
}

/// Whether commits are acknowledged once they are on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Safety {
    OnDisk,
    /// Before: the control.
    TooEarly,
}

impl Safety {
    fn of(self, opening: Opening) -> Opening {
        match self {
            Self::OnDisk => opening,
            Self::TooEarly => opening.unsafely(),
        }
    }
}

fn endure(
    run: &mut Run,
    stage: &Stage,
    ground: &mut Ground,
    opening: &Opening,
    times: u32,
) -> anyhow::Result<Found> {
    let program = run.program(stage);
    // A control may lose what is written from here on, but not what there is to write about.
    let safely = &opening.safely();
    let mut office = Office::set_up(&program, safely).context("setting up a programme")?;
    let mut server = program.serve(safely)?;
    let mut address = server.ready()?;
    office.found(&program, safely, address).context("setting up a partnership")?;
    if !opening.is_safe() {
        server.kill()?;
        server = program.serve(opening)?;
        address = server.ready()?;
    }
    let mut writers = Writers::start(office, Ledger::new(&run.ledger_file()?)?, &[address]);
    for strike in 1..=times {
        std::thread::sleep(run.chance.millis(&ground.life()));
        writers.are_well()?;
        let struck = ground.strike(server, &mut run.chance).with_context(|| format!("strike {strike}"))?;
        writers.ledger().strike("struck")?;
        server = match struck {
            Struck::Alive(server) => server,
            Struck::Dead => {
                writers.redirect(0, None);
                if ground.is_killed() && run.chance.one_in(8) {
                    // While it starts, too. This is not counted, as nobody knows yet where it is.
                    let starting = program.serve(opening)?;
                    std::thread::sleep(run.chance.millis(&BIRTH));
                    starting.kill()?;
                }
                program.serve(opening)?
            }
        };
        let address = server.ready().with_context(|| format!("after strike {strike}"))?;
        writers.redirect(0, Some(address));
        run.progress(strike, times);
    }
    std::thread::sleep(Duration::from_millis(*ground.life().end()));
    writers.stop()?;
    let address = server.ready()?;
    // A control that lost something would only make it anew.
    let wrong = if opening.is_safe() { writers.repeat_some(address, REPEATS)? } else { 0 };
    server.kill()?;
    let mut found = compare(&program, opening, &writers.ledger())?;
    found.note("acknowledged requests that were answered otherwise when repeated", wrong);
    Ok(found)
}

/// What became of the server.
enum Struck {
    Dead,
    /// Only what is below it was struck.
    Alive(Server),
}

impl Ground {
    const fn life(&self) -> RangeInclusive<u64> {
        match self {
            Self::File | Self::FileOn(_) => LIFE,
            Self::Cluster(_) | Self::ClusterOn(..) => LIFE_ON_A_CLUSTER,
        }
    }

    /// Nothing is cut, only killed.
    const fn is_killed(&self) -> bool {
        matches!(self, Self::File | Self::Cluster(_))
    }

    /// Strikes, and brings up again what is below the server. Nothing is repaired.
    fn strike(&mut self, server: Server, chance: &mut Chance) -> anyhow::Result<Struck> {
        match self {
            Self::File => server.kill()?,
            Self::Cluster(cluster) => match chance.below(4) {
                0 | 1 => server.kill()?,
                2 => {
                    server.kill()?;
                    cluster.kill()?;
                    cluster.start()?;
                }
                _ => {
                    // The server lives on and has to find its way back by itself.
                    if chance.one_in(2) {
                        cluster.kill()?;
                    } else {
                        cluster.crash()?;
                    }
                    cluster.start()?;
                    return Ok(Struck::Alive(server));
                }
            },
            Self::FileOn(disk) => {
                freeze(server.process()?)?;
                let remains = disk.remains()?;
                server.kill()?;
                disk.cut(&remains)?;
            }
            Self::ClusterOn(disk, cluster) => {
                freeze(server.process()?)?;
                cluster.freeze()?;
                let remains = disk.remains()?;
                server.kill()?;
                cluster.kill()?;
                disk.cut(&remains)?;
                cluster.start()?;
            }
        }
        Ok(Struck::Dead)
    }
}
