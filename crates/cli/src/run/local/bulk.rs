//! Bulk.

use std::path::Path;

use crate::failure::{Exit, Failure};
use crate::output::Output;
use crate::target::Asked;

pub(crate) async fn bulk(_file: &Path, _asked: Asked, _output: Output) -> Result<(), Failure> {
    Err(Failure::new(Exit::Failed, "not wired"))
}
