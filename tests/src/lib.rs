//! The harness and the stories across crates.
