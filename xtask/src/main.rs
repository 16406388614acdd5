//! `cargo xtask`: codegen, tidy, CI.

fn main() {}
