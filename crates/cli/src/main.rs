//! The one program, `sister-cities`.

mod args;
mod show;

use clap::Parser as _;

fn main() {
    let _cli = args::Cli::parse();
}
