//! Places of the world: embedded tables and name resolution with reasons.
