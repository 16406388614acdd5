//! Tests of the values.

mod codes;
mod dates;
mod numbers;
mod reach;
mod text;
mod zones;
