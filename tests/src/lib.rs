//! The harness of the stories: a whole installation in one process, with a clock that stands still, ids from a seed,
//! a real server on a loopback port and the client that integrators use.

pub mod inputs;
mod world;

pub use world::{World, json};

/// The README's code: every Rust block in it is compiled as a documentation test of this item.
#[doc = include_str!("../../README.md")]
pub struct Readme;
