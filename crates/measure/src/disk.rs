//! The disk: where the files lie, and how long it takes until something is safe on it.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::Outcome;

/// How often the disk is asked.
const SYNCS: usize = 200;

/// A folder on the disk of the workspace, in the one that Cargo has for benches (`CARGO_TARGET_TMPDIR`): what is for temporary files may lie in memory.
///
/// # Errors
///
/// If it cannot be made.
pub fn folder(target: &str) -> Outcome<TempDir> {
    Ok(tempfile::Builder::new().prefix("sister-cities-bench-").tempdir_in(target)?)
}

/// How long it takes, in the median, until 4 KiB more of a file are safe.
///
/// # Errors
///
/// If nothing can be written there.
pub fn sync_time(folder: &Path) -> Outcome<Duration> {
    let mut file = File::create(folder.join("synced"))?;
    let mut taken = Vec::with_capacity(SYNCS);
    for _ in 0..SYNCS {
        file.write_all(&[7; 4_096])?;
        let begun = Instant::now();
        file.sync_data()?;
        taken.push(begun.elapsed());
    }
    taken.sort();
    Ok(taken[SYNCS / 2])
}

/// The kind of the file system that a folder lies on, as far as the system says it.
#[must_use]
pub fn file_system(folder: &Path) -> String {
    let mounts = std::fs::read_to_string("/proc/mounts").unwrap_or_default();
    let mounted = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ').skip(1);
        let (place, kind) = (fields.next()?, fields.next()?);
        folder.starts_with(place).then_some((place.len(), kind))
    });
    mounted.max_by_key(|(length, _)| *length).map_or("unknown", |(_, kind)| kind).to_owned()
}
