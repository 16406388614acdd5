//! Whoever is attacked runs on one core, whoever attacks on another: the figures are to be those of the server.

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

/// This thread, and what it starts from now on, is what is attacked.
pub(super) fn as_server() -> anyhow::Result<()> {
    pin(0)
}

/// This thread, and what it starts from now on, attacks or asks.
pub(super) fn as_attacker() -> anyhow::Result<()> {
    pin(1)
}

fn pin(place: usize) -> anyhow::Result<()> {
    let begin = std::process::id();
    let first = rustix::process::Pid::from_raw(i32::try_from(begin)?);
    // Those of the whole process, whatever this thread was bound to before.
    let online = std::thread::available_parallelism().map_or(1, usize::from);
    let allowed = sched_getaffinity(first)?;
    let cores: Vec<usize> =
        (0..CpuSet::MAX_CPU).filter(|core| allowed.is_set(*core) || *core < online).collect();
    if let (true, Some(core)) = (cores.len() >= 2, cores.get(place)) {
        let mut set = CpuSet::new();
        set.set(*core);
        sched_setaffinity(None, &set)?;
    }
    Ok(())
}
