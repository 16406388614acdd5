//! Vitality seen from outside: what must hold for any partnership, and the partnerships whose story is known.

mod claims;
mod given;
mod logged;
mod properties;
mod stories;
