//! The folder in which a drill happens, and whoever cleans up after it, however it ends.
//!
//! Every process of a drill works within that folder, so its working directory tells that it is ours. A shell in a process
//! group of its own waits until the driver is gone (done, failed, interrupted or killed), and then kills what still works
//! in the folder, unmounts what is mounted in it and removes it. There is no other way out, so it is tried on every run.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};

/// Reads its standard input to the end, which is that of the driver. Processes that ended meanwhile are no trouble.
const JANITOR: &str = r#"
stage=$1
cat >/dev/null
for try in 1 2 3 4 5 6 7 8 9 10; do
  for process in /proc/[0-9]*; do
    case "$(readlink "$process/cwd" 2>/dev/null)" in
      "$stage"|"$stage"/*) kill -9 "${process#/proc/}" 2>/dev/null ;;
    esac
  done
  while read -r _ place _; do
    case "$place" in "$stage"/*) umount "$place" 2>/dev/null ;; esac
  done </proc/mounts
  if ! grep -q " $stage/" /proc/mounts && rm -rf "$stage" 2>/dev/null; then exit 0; fi
  sleep 0.2
done
echo "crash: $stage could not be cleaned up" >&2
exit 1
"#;
const PATIENCE: Duration = Duration::from_secs(30);

/// A folder that is gone with everything in it once this is dropped.
#[derive(Debug)]
pub(crate) struct Stage {
    folder: PathBuf,
    janitor: Child,
}

impl Stage {
    /// Makes a folder below `parent`.
    pub(crate) fn set(parent: &Path) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("sister-cities-crash-").tempdir_in(parent)?.keep();
        // Whoever runs PostgreSQL is somebody else.
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755))?;
        let folder = folder.canonicalize()?;
        let mut janitor = Command::new("/bin/sh");
        janitor.args(["-c", JANITOR, "sister-cities-crash-janitor"]).arg(&folder);
        janitor.current_dir("/").stdin(Stdio::piped()).process_group(0);
        let janitor = janitor.spawn().context("starting a shell that will clean up")?;
        Ok(Self { folder, janitor })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        drop(self.janitor.stdin.take());
        if !self.janitor.wait().is_ok_and(|ended| ended.success()) {
            println!("crash: something of {} was left behind", self.folder.display());
        }
    }
}

/// The processes that work in a folder, those first that were started first.
pub(crate) fn working_in(folder: &Path) -> anyhow::Result<Vec<Pid>> {
    let mut found = Vec::new();
    for process in fs::read_dir("/proc").context("this needs Linux, where /proc lists the processes")? {
        let process = process?;
        let number = process.file_name().to_str().and_then(|name| name.parse().ok());
        // One that has ended, or is about to, works nowhere.
        if let (Some(number), Ok(place)) = (number, fs::read_link(process.path().join("cwd")))
            && place.starts_with(folder)
        {
            found.extend(Pid::from_raw(number));
        }
    }
    found.sort_unstable_by_key(|pid| pid.as_raw_nonzero());
    Ok(found)
}

/// Sends a signal; somebody who is gone already is no trouble.
pub(crate) fn signal(process: Pid, signal: Signal) -> anyhow::Result<()> {
    match kill_process(process, signal) {
        Ok(()) | Err(rustix::io::Errno::SRCH) => Ok(()),
        Err(error) => Err(error).with_context(|| format!("sending {signal:?} to {process:?}")),
    }
}

/// Stops a process with SIGSTOP and waits until each of its threads stands still.
pub(crate) fn freeze(process: Pid) -> anyhow::Result<()> {
    signal(process, Signal::STOP)?;
    until("a process stands still", || stands_still(process))
}

fn stands_still(process: Pid) -> bool {
    let threads = fs::read_dir(format!("/proc/{}/task", process.as_raw_nonzero()));
    threads.into_iter().flatten().flatten().all(|thread| {
        let state = fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
        // `number (name) state …`; a name may hold anything.
        let state = state.rsplit_once(") ").map_or("", |(_, rest)| rest);
        state.is_empty() || state.starts_with(['T', 'Z', 'X'])
    })
}

/// Waits for something that is about to be so.
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) -> anyhow::Result<()> {
    let begun = Instant::now();
    while !is_so() {
        if begun.elapsed() > PATIENCE {
            bail!("waited {PATIENCE:?} in vain until {what}");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    Ok(())
}

/// Runs a program of the system that must succeed, and answers what it printed.
pub(crate) fn done(command: &mut Command) -> anyhow::Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("{command:?}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?}: {}: {}", output.status, said.trim());
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_of_a_drill_however_it_ends() {
        let parent = tempfile::tempdir().expect("a folder");
        let stage = Stage::set(parent.path()).expect("a stage");
        let folder = stage.folder().to_owned();
        fs::write(folder.join("data"), "something").expect("a file");
        let mut child = Command::new("sleep").arg("600").current_dir(&folder).spawn().expect("a process");
        assert_eq!(working_in(&folder).expect("processes").len(), 1);
        drop(stage);
        assert!(!folder.exists(), "the folder is gone");
        assert!(!child.wait().expect("its end").success(), "it was killed");
    }
}
