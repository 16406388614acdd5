//! Putting a message into words: in the reader's language, with names in their own script, dates and numbers as the language
//! writes them, and times by the reader's clock.
//!
//! The catalogues are [Fluent](https://projectfluent.org) files in `locales/`, embedded in the program. An office may replace any
//! sentence, or add a language ([`Catalogues::with_overrides`]). [`problems`] holds the embedded ones against what the program says.

mod catalogue;
mod check;
mod compose;
mod direction;
mod layout;
mod number;
mod page;
mod phrase;
mod say;

pub use catalogue::{CatalogueError, Catalogues};
pub use check::{Problem, problems};
pub use compose::Composed;
pub use direction::Direction;
pub use page::RefusalPage;

use crate::message::{
    AddressFacts, ChangeFacts, Declared, DigestFacts, DueFacts, EndpointFacts, InvitationFacts, Reason,
    Sentence as _, TestFacts,
};
use phrase::Phrase;

/// Every sentence that the program says, in the order of their declaration.
pub fn declared() -> impl Iterator<Item = &'static Declared> {
    let kinds = [
        DueFacts::DECLARED,
        ChangeFacts::DECLARED,
        DigestFacts::DECLARED,
        EndpointFacts::DECLARED,
        AddressFacts::DECLARED,
        TestFacts::DECLARED,
        InvitationFacts::DECLARED,
        Reason::DECLARED,
        Phrase::DECLARED,
    ];
    kinds.into_iter().flatten()
}

#[cfg(test)]
mod tests;
