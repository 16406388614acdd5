//! Tests of the values.

mod codes;
mod dates;
mod numbers;
mod text;
mod zones;
