//! Running the program, and a database with the demo in it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::UNIX_EPOCH;

use tempfile::TempDir;

/// A database with the programmes of Chicago and Birmingham.
pub(crate) struct Demo {
    directory: TempDir,
}

/// What a run of the program came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) exit: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Demo {
    /// A copy of a database that the first test to come builds for all.
    pub(crate) fn build() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        std::fs::copy(template(), directory.path().join("demo.db")).expect("copied");
        Self { directory }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Runs the program on this database, for the programme of Chicago.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let database = format!("sqlite:{}", self.path("demo.db").display());
        run(
            Path::new("."),
            &[("SISTER_CITIES_DATABASE", &database), ("SISTER_CITIES_PROGRAMME", "Chicago")],
            arguments,
        )
    }

    /// The same where it must go well; every line must fit 80 columns, and none may hold control characters.
    pub(crate) fn shows(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.exit, 0, "{arguments:?}: {run:?}");
        assert_eq!(run.stderr, "", "{arguments:?}");
        for line in run.stdout.lines() {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{arguments:?}: {line}");
            assert!(!line.chars().any(char::is_control), "{arguments:?}: {line:?}");
        }
        run.stdout
    }

    /// The JSON answer of a question.
    pub(crate) fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let run = self.run(&[arguments, &["--json"]].concat());
        assert_eq!(run.exit, 0, "{arguments:?}: {run:?}");
        serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{arguments:?}: {e}: {}", run.stdout))
    }
}

/// Writes a file that others than its owner cannot read, as files with secrets are.
pub(crate) fn write_private(path: &Path, text: &str) {
    std::fs::write(path, text).expect("written");
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("private");
}

/// The database as `demo` leaves it, built once for each build of the program, whichever process comes first.
fn template() -> PathBuf {
    let program = std::fs::metadata(env!("CARGO_BIN_EXE_sister-cities")).expect("the program");
    let built =
        program.modified().expect("a time").duration_since(UNIX_EPOCH).expect("after 1970").as_nanos();
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let template = directory.join(format!("cli-demo-{built}.db"));
    let lock = File::create(directory.join("cli-demo.lock")).expect("a lock");
    lock.lock().expect("locked");
    if !template.exists() {
        let fresh = directory.join("cli-demo-fresh.db");
        let _ = std::fs::remove_file(&fresh);
        let database = format!("sqlite:{}", fresh.display());
        let run = run(directory, &[], &["demo", "--no-serve", "--database", &database]);
        assert_eq!(run.exit, 0, "{run:?}");
        std::fs::rename(&fresh, &template).expect("renamed");
    }
    template
}

/// Runs the program with an environment of its own.
pub(crate) fn run(directory: &Path, environment: &[(&str, &str)], arguments: &[&str]) -> Run {
    let Output { status, stdout, stderr } =
        command(directory, environment, arguments).output().expect("it runs");
    Run {
        exit: status.code().expect("not killed"),
        stdout: String::from_utf8(stdout).expect("text"),
        stderr: String::from_utf8(stderr).expect("text"),
    }
}

/// The program, ready to run.
pub(crate) fn command(directory: &Path, environment: &[(&str, &str)], arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sister-cities"));
    for name in [
        "SISTER_CITIES_URL",
        "SISTER_CITIES_TOKEN",
        "SISTER_CITIES_DATABASE",
        "SISTER_CITIES_PROGRAMME",
        "SISTER_CITIES_PROFILE",
        "SISTER_CITIES_PROFILES_FILE",
        "SISTER_CITIES_MASTER_KEY_FILE",
        "SISTER_CITIES_OLD_MASTER_KEY_FILE",
        "NO_COLOR",
    ] {
        command.env_remove(name);
    }
    // Whoever runs the tests may have profiles of their own.
    command.env("XDG_CONFIG_HOME", "/nonexistent");
    command.current_dir(directory).envs(environment.iter().copied()).args(arguments).stdin(Stdio::null());
    command
}
