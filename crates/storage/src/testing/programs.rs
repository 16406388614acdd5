//! Where PostgreSQL is on this machine.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What to tell whoever has no PostgreSQL.
pub const HOW_TO: &str = "no PostgreSQL was found, so nothing was tested against it. To test it too, install the server \
    (Debian and Ubuntu: `apt-get install postgresql`; Fedora: `dnf install postgresql-server`; macOS: `brew install postgresql`), \
    or name one in the environment: `DATABASE_URL=postgres://role:password@host/database`, with a role that may create \
    databases and roles.";

/// Where distributions put the server programs; `*` stands for a version.
const FOLDERS: [(&str, &str); 6] = [
    ("/usr/lib/postgresql", "bin"),
    ("/usr/pgsql-*", "bin"),
    ("/usr/local/pgsql", "bin"),
    ("/opt/homebrew/opt", "bin"),
    ("/usr/local/opt", "bin"),
    ("/usr/libexec/postgresql*", ""),
];

/// Whether there is a PostgreSQL to test with.
#[must_use]
pub fn is_there() -> bool {
    named().is_some() || folder().is_some()
}

/// The server named in the environment.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but the environment")]
pub(super) fn named() -> Option<String> {
    std::env::var("DATABASE_URL").ok().filter(|url| url.starts_with("postgres"))
}

/// The folder of the server programs: that of `initdb` on the path, else the newest of the usual places.
pub(super) fn folder() -> Option<PathBuf> {
    let on_path = path().and_then(|path| std::env::split_paths(&path).find(|folder| has_programs(folder)));
    on_path.or_else(|| FOLDERS.iter().flat_map(|(parent, bin)| under(parent, bin)).next())
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration but the environment")]
fn path() -> Option<OsString> {
    std::env::var_os("PATH")
}

/// Where a program of PostgreSQL is, if it is here: on the path, or beside the server programs of the newest version.
#[must_use]
pub fn program(name: &str) -> Option<PathBuf> {
    let on_path = path().map(|path| std::env::split_paths(&path).collect::<Vec<_>>()).unwrap_or_default();
    let usual = FOLDERS.iter().flat_map(|(parent, bin)| under(parent, bin));
    on_path.into_iter().chain(usual).map(|folder| folder.join(name)).find(|program| program.is_file())
}

fn has_programs(folder: &Path) -> bool {
    ["initdb", "pg_ctl", "postgres"].iter().all(|program| folder.join(program).is_file())
}

/// The newest version first.
fn under(parent: &str, bin: &str) -> Vec<PathBuf> {
    let parents = match parent.split_once('*') {
        Some((beginning, _)) => siblings(Path::new(beginning)),
        None => vec![PathBuf::from(parent)],
    };
    let mut found: Vec<PathBuf> = parents
        .iter()
        .flat_map(|parent| std::iter::once(parent.clone()).chain(children(parent)))
        .map(|folder| folder.join(bin))
        .filter(|folder| has_programs(folder))
        .collect();
    found.sort_by_key(|folder| std::cmp::Reverse(version(folder)));
    found
}

fn children(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

/// Folders whose names begin like this one.
fn siblings(beginning: &Path) -> Vec<PathBuf> {
    let (Some(parent), Some(name)) = (beginning.parent(), beginning.file_name()) else { return Vec::new() };
    let begins = |path: &PathBuf| {
        let found = path.file_name().map(|found| found.to_string_lossy().into_owned());
        found.is_some_and(|found| found.starts_with(&*name.to_string_lossy()))
    };
    children(parent).into_iter().filter(begins).collect()
}

/// The numbers in a path, by which `15` comes after `9.6`.
fn version(folder: &Path) -> Vec<u32> {
    let text = folder.to_string_lossy().into_owned();
    text.split(|letter: char| !letter.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}
