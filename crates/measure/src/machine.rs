//! The machine, described so that others can judge the figures: nothing by which it could be found.

use std::fmt::Write as _;
use std::fs::read_to_string;
use std::path::Path;
use std::process::Command;

use crate::{Outcome, cores, disk};

/// A few lines about it, about the disk of this folder, and about the versions of what is measured besides the compiler and the system.
///
/// # Errors
///
/// If nothing can be written to the folder, or the machine says nothing of itself.
pub fn describe(folder: &Path, versions: &[String]) -> Outcome<String> {
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "an unknown processor".to_owned());
    // Not `available_parallelism`: this thread is bound to one of them by now.
    let cores = read_to_string("/proc/cpuinfo")?.lines().filter(|line| line.starts_with("processor")).count();
    let memory =
        field("/proc/meminfo", "MemTotal").and_then(|text| text.split(' ').next()?.parse::<u64>().ok());
    let memory = memory.map_or("unknown".to_owned(), |kib| format!("{} GiB", kib.div_ceil(1 << 20)));
    let apart = if cores::are_apart() {
        "Clients ran on one core, what serves them (the server, the thread that writes) on another."
    } else {
        "Clients and what serves them could not be kept on different cores here."
    };
    let sync = disk::sync_time(folder)?;
    let mut text = String::new();
    writeln!(text, "- Machine: {cores} cores of {processor}, {memory} of memory. {apart}")?;
    writeln!(
        text,
        "- Disk: {}; 4 KiB are safe after {:.2} ms in the median.",
        disk::file_system(folder),
        1_000.0 * sync.as_secs_f64()
    )?;
    let kernel = read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let kernel: String =
        kernel.chars().take_while(|letter| letter.is_ascii_digit() || *letter == '.').collect();
    let of_all = [said_by("rustc", "--version"), format!("{} {kernel}", std::env::consts::OS)];
    let versions: Vec<&str> =
        versions.iter().chain(&of_all).map(String::as_str).filter(|version| !version.is_empty()).collect();
    writeln!(text, "- Versions: {}.", versions.join(", "))?;
    Ok(text)
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn said_by(program: &str, argument: &str) -> String {
    let said = Command::new(program).arg(argument).output();
    let said = said.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    said.split(" (").next().unwrap_or_default().trim().to_owned()
}
