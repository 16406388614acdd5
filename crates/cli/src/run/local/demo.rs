//! The demo.

use crate::args::DemoArgs;
use crate::failure::{Exit, Failure};
use crate::output::Output;
use crate::target::Asked;

pub(super) async fn demo(_args: DemoArgs, _asked: Asked, _output: Output) -> Result<(), Failure> {
    Err(Failure::new(Exit::Failed, "not wired"))
}
