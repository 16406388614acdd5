//! Writes `docs/operations/settings.md`, or with `--check` says whether it is current.

use std::process::ExitCode;

fn main() -> ExitCode {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/operations/settings.md");
    let page = sister_cities_server::settings::page();
    let done = if std::env::args().any(|argument| argument == "--check") {
        std::fs::read_to_string(path).is_ok_and(|written| written == page)
    } else {
        std::fs::write(path, page).is_ok()
    };
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
