//! Commands that act on the database itself.

use std::path::Path;

use crate::args::LocalCommand;
use crate::failure::{Exit, Failure};
use crate::output::Output;
use crate::target::Asked;

pub(super) async fn run(_command: LocalCommand, _asked: Asked, _output: Output) -> Result<(), Failure> {
    Err(Failure::new(Exit::Failed, "not wired"))
}

pub(super) async fn bulk(_file: &Path, _asked: Asked, _output: Output) -> Result<(), Failure> {
    Err(Failure::new(Exit::Failed, "not wired"))
}
