//! Drafting and recording agreements, taking them further step by step, and reading them.

mod create;
mod read;
mod step;
mod text;

pub use create::{AgreementText, NewAgreement, Origin};
pub use step::AgreementStep;
