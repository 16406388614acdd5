//! The one program, `sister-cities`.

fn main() {}
