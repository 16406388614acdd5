//! Vitality seen from outside: what must hold for any bond, and the bonds whose story is known.

mod bond;
mod claims;
mod given;
mod properties;
mod stories;
