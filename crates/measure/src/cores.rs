//! On which core what runs.

use std::sync::LazyLock;

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

/// Clients run on the first, what serves them on the second; none if this process may not use two.
static CORES: LazyLock<Option<(usize, usize)>> = LazyLock::new(|| {
    let allowed = sched_getaffinity(None).ok()?;
    let mut cores = (0..CpuSet::MAX_CPU).filter(|core| allowed.is_set(*core));
    Some((cores.next()?, cores.next()?))
});

/// Who runs.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "there are two sides")]
pub enum Who {
    /// Those who ask, or send.
    Client,
    /// Those who answer, or receive, and threads that write.
    Server,
}

/// Whether client and server are kept apart.
pub fn are_apart() -> bool {
    CORES.is_some()
}

/// Puts this thread, and those and the processes that it starts from now on, on the core of that side.
pub fn pin(who: Who) {
    let Some((client, server)) = *CORES else { return };
    let mut set = CpuSet::new();
    set.set(match who {
        Who::Client => client,
        Who::Server => server,
    });
    if let Err(error) = sched_setaffinity(None, &set) {
        crate::tell(&format!("not pinned: {error}"));
    }
}

/// Does something on the core of the server; this thread is the client's before and after.
pub fn as_server<T>(work: impl FnOnce() -> T) -> T {
    pin(Who::Server);
    let done = work();
    pin(Who::Client);
    done
}
