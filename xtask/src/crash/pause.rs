//! A server that stands still for a minute: it holds nobody up, and what it says afterwards is refused where it is too late.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use rustix::process::Signal;
use xshell::{Shell, cmd};

use super::Run;
use super::compare::compare;
use super::ledger::Ledger;
use super::report::{Row, Verdict};
use super::writers::{Office, Writers};
use crate::drill::cluster::Cluster;
use crate::drill::stage::{freeze, signal};

/// How long it stands still.
const PAUSE: Duration = Duration::from_mins(1);
/// How long everybody works before and after.
const AROUND: Duration = Duration::from_secs(5);
/// The other server acknowledges something at least so often.
const LONGEST_SILENCE: Duration = Duration::from_secs(5);
/// The stories of the storage crate that are told on this cluster with a pause of a real minute, and how many they are.
const STORIES: [&str; 2] = [
    "a_paused_server_holds_nobody_up_and_its_late_completion_is_refused",
    "of_ten_writers_on_two_servers_exactly_one_wins_each_of_fifty_races",
];

/// Builds the stories, so that nobody waits for the compiler during the pause.
pub(super) fn build(sh: &Shell) -> anyhow::Result<()> {
    Ok(cmd!(sh, "cargo test -q -p sister-cities-storage --all-features --test replicas --no-run").run()?)
}

/// Two servers on one PostgreSQL, one of them paused for a minute while writers ask both; meanwhile the stories.
pub(super) fn paused(run: &mut Run) -> anyhow::Result<Row> {
    let stage = run.stage()?;
    let cluster = Cluster::new(stage.folder(), &stage.folder().join("socket"))?;
    let program = run.program(&stage);
    let opening = cluster.database("office")?;
    let mut office = Office::set_up(&program, &opening)?;
    let mut servers = [program.serve(&opening)?, program.serve(&opening)?];
    let addresses = [servers[0].ready()?, servers[1].ready()?];
    office.found(&program, &opening, addresses[0])?;
    let mut writers = Writers::start(office, Ledger::new(&run.ledger_file()?)?, &addresses);
    std::thread::sleep(AROUND);

    let paused = servers[0].process()?;
    freeze(paused)?;
    let from = Instant::now();
    let stories = Command::new("cargo")
        .args(["test", "-q", "-p", "sister-cities-storage", "--all-features", "--test", "replicas", "--"])
        .args(STORIES)
        .current_dir(run.root())
        .env("DATABASE_URL", cluster.admin_url())
        .env("SISTER_CITIES_PAUSE_SECONDS", PAUSE.as_secs().to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("starting the stories")?;
    std::thread::sleep(PAUSE);
    writers.are_well()?;
    let to = Instant::now();
    signal(paused, Signal::CONT)?;
    let told = stories.wait_with_output()?;
    let said = String::from_utf8_lossy(&told.stdout).into_owned() + &String::from_utf8_lossy(&told.stderr);
    ensure!(told.status.success() && said.contains("2 passed"), "the stories failed: {said}");

    std::thread::sleep(AROUND);
    let end = Instant::now();
    writers.stop()?;
    let (silence, answered, awake) = {
        let ledger = writers.ledger();
        (ledger.longest_silence(1, from, to), ledger.answered_by(1, from, to), ledger.answered_by(0, to, end))
    };
    let wrong = writers.repeat_some(addresses[0], 100)? + writers.repeat_some(addresses[1], 50)?;
    servers.into_iter().try_for_each(crate::drill::program::Server::kill)?;
    let mut found = compare(&program, &opening, &writers.ledger())?;
    found.note("acknowledged requests that were answered otherwise when repeated", wrong);

    let note = format!(
        "one of two servers stopped for {} s: the other acknowledged {answered}, never silent for longer than {:.1} s; \
         awake again, the first acknowledged {awake}; late completion refused; 50 races of 10 won by one each",
        PAUSE.as_secs(),
        silence.as_secs_f64()
    );
    let row = Row::new("pause").note(note).safe(found);
    Ok(if silence > LONGEST_SILENCE && row.has_passed() {
        row.verdict(Verdict::Failed("the paused server held the other up".to_owned()))
    } else if awake == 0 {
        row.verdict(Verdict::Failed("the paused server did not find its way back".to_owned()))
    } else {
        row
    })
}
