//! `cargo xtask fuzz`: looks for inputs that the product has a mistake with.
//!
//! The targets are functions of the crate of stories (`tests/src/inputs`); the program of `tests/fuzz` gives them what libFuzzer makes up. It is
//! compiled with the compiler of the workspace: what libFuzzer needs to see of a run, a pass of LLVM adds.

mod requests;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use xshell::{Shell, cmd};

/// Where inputs are kept, in a folder for each target; a test takes all of them.
const KEPT: &str = "tests/data/inputs";
/// What is compiled, found and grown lies here.
const WORK: &str = "target/fuzz";

/// What libFuzzer has to see of a run: which edges were taken, and what was compared.
const FLAGS: [&str; 6] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "--cfg=fuzzing",
];

/// What is looked at, and for how long.
#[derive(Args, Clone, Debug)]
pub(crate) struct FuzzArgs {
    /// Which targets: the folders of `tests/data/inputs`; all when none is named
    targets: Vec<String>,
    /// Minutes for each target
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=24 * 60))]
    minutes: u64,
    /// How many targets at a time: each keeps a core busy
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=64))]
    at_a_time: u8,
}

/// Looks for the time given, and fails if something was found.
pub(crate) fn run(sh: &Shell, args: &FuzzArgs) -> anyhow::Result<()> {
    let root = sh.current_dir();
    let known = targets(&root)?;
    if let Some(unknown) = args.targets.iter().find(|target| !known.contains(target)) {
        bail!("there is no target {unknown}; there are {}", known.join(", "));
    }
    let targets = if args.targets.is_empty() { &known } else { &args.targets };
    println!(
        "Looks for inputs that the product has a mistake with, {} minutes for each of: {}.",
        args.minutes,
        targets.join(", ")
    );
    let program = build(sh)?;
    let fuzzing = Fuzzing { root: &root, program: &program, minutes: args.minutes };
    let mut found = Vec::new();
    for together in targets.chunks(usize::from(args.at_a_time)) {
        let running: Vec<_> =
            together.iter().map(|target| fuzzing.start(target)).collect::<anyhow::Result<_>>()?;
        for (target, mut child) in together.iter().zip(running) {
            let status = child.wait().context("a target could not be waited for")?;
            println!("{}", summary(target, &fuzzing.log(target))?);
            if !status.success() {
                found.push(target.as_str());
            }
        }
    }
    ensure!(
        found.is_empty(),
        "found something for {}. What it was lies in {WORK}/found, what happened in {WORK}/logs. Mend it, and keep the input in {KEPT} by a name that says what it is.",
        found.join(", ")
    );
    println!("Nothing was found.");
    Ok(())
}

/// The targets: each has a folder of inputs, which a test holds against the list in the code.
fn targets(root: &Path) -> anyhow::Result<Vec<String>> {
    let mut targets = Vec::new();
    for entry in fs::read_dir(root.join(KEPT)).context(KEPT)? {
        targets.push(entry?.file_name().to_string_lossy().into_owned());
    }
    targets.sort();
    Ok(targets)
}

/// Compiles the program.
fn build(sh: &Shell) -> anyhow::Result<PathBuf> {
    let target_dir = sh.current_dir().join(WORK).join("build");
    let compiler = cmd!(sh, "c++ --version").quiet().ignore_stdout().ignore_stderr().run();
    compiler.context("a C++ compiler is missing, by which libFuzzer is compiled: apt-get install g++")?;
    // The versions are those of the product; what is libFuzzer's alone is added to them.
    sh.copy_file("Cargo.lock", "tests/fuzz/Cargo.lock")?;
    let version = cmd!(sh, "rustc -vV").read()?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
    // With a target named, programs that run while building are compiled without the flags.
    cmd!(sh, "cargo build --release --manifest-path tests/fuzz/Cargo.toml --target {host}")
        .env("CARGO_TARGET_DIR", &target_dir)
        .env("RUSTFLAGS", FLAGS.join(" "))
        .run()
        .context("the program cannot be compiled; if libfuzzer-sys is missing, fetch it once: cargo fetch --manifest-path tests/fuzz/Cargo.toml")?;
    Ok(target_dir.join(host).join("release/fuzz"))
}

struct Fuzzing<'a> {
    root: &'a Path,
    program: &'a Path,
    minutes: u64,
}

impl Fuzzing<'_> {
    fn log(&self, target: &str) -> PathBuf {
        self.root.join(WORK).join("logs").join(format!("{target}.log"))
    }

    fn start(&self, target: &str) -> anyhow::Result<std::process::Child> {
        let work = self.root.join(WORK);
        let (grown, found) = (work.join("grown").join(target), work.join("found").join(target));
        let log = self.log(target);
        for folder in [&grown, &found, &work.join("logs")] {
            fs::create_dir_all(folder)?;
        }
        let mut command = Command::new(self.program);
        command.env("FUZZ_TARGET", target).arg(&grown).arg(self.root.join(KEPT).join(target));
        if let Some(requests) = requests::of_target(self.root, target)? {
            let (folder, words) = (work.join("requests").join(target), work.join(format!("{target}.words")));
            requests.write(&folder, &words)?;
            command.arg(folder).arg(format!("-dict={}", words.display()));
        }
        command
            .arg(format!("-max_total_time={}", self.minutes * 60))
            .arg(format!("-artifact_prefix={}/", found.display()))
            // A request that takes as long as this is a mistake as well.
            .args(["-timeout=30", "-rss_limit_mb=3072", "-max_len=65536", "-print_final_stats=1"])
            .stdout(Stdio::null())
            .stderr(fs::File::create(&log)?);
        command.spawn().with_context(|| format!("{} cannot be started", self.program.display()))
    }
}

/// What the end of a log says of a target: how many inputs were tried, and how much of the program they reached.
fn summary(target: &str, log: &Path) -> anyhow::Result<String> {
    let bytes = fs::read(log)?;
    let log = String::from_utf8_lossy(&bytes);
    let number =
        |name: &str| log.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("?").trim().to_owned();
    let reached = log.rsplit(" cov: ").next().and_then(|rest| rest.split(' ').next()).unwrap_or("?");
    Ok(format!(
        "{target}: {} inputs, {reached} edges reached, at most {} MiB",
        number("stat::number_of_executed_units:"),
        number("stat::peak_rss_mb:")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_summed_up_in_a_line() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("csv.log");
        let text = "#2\tINITED cov: 11 ft: 12\n#9\tDONE   cov: 4711 ft: 99 corp: 3/9b\nDone 9 runs\nstat::number_of_executed_units: 9\nstat::peak_rss_mb:              120\n";
        fs::write(&log, text).unwrap();
        assert_eq!(summary("csv", &log).unwrap(), "csv: 9 inputs, 4711 edges reached, at most 120 MiB");
    }
}
