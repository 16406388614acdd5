//! Use cases: load, authorise, decide, commit.
//!
//! [`App`] is what a server, a worker or a command holds. Each use case is a method on it, named as its endpoint. Those that change
//! something all have one shape, a `Command` (see the module `command`):
//!
//! 1. *authorise*: has the caller the scope, does the programme exist;
//! 2. *load* what is needed, with the revisions it was read at;
//! 3. *decide* with the pure functions of the domain;
//! 4. *commit* a change set of records and the events that tell of it, in one step.
//!
//! A change names the revision it was based on; if somebody was faster, the answer is [`AppError::Stale`] and nothing is
//! written. A command may carry how its reply is to be kept ([`IdempotentReply`]): the reply is then stored with the effect, and a second
//! request with the same key gets it back ([`CommandOutcome::Replayed`]).
//!
//! To add a use case: the method, in the file of its resource, and a test on both back ends in `tests/`.

pub mod agreement;
pub mod calendar_feed;
pub mod clock;
pub mod committee;
pub mod demo;
pub mod due;
pub mod engagement;
pub mod handover;
pub mod ids;
pub mod import;
pub mod indicator;
pub mod notification;
pub mod organisation;
pub mod outcome;
pub mod partnership;
pub mod person;
pub mod place;
pub mod practice;
pub mod privacy;
pub mod programme;
pub mod promise;
pub mod role;
pub mod sharing;
pub mod subscription;
pub mod tabular;
pub mod token;
pub mod valuation;
pub mod vitality;
pub mod webhook;

mod app;
mod command;
mod count;
mod error;
mod history;
mod journal;
pub mod refusal;
mod responsible;
mod search;
mod times;

pub use app::{App, ProgrammeContext};
pub use command::{CommandOutcome, IdempotentReply};
pub use count::{
    CountWithPlaces, CountedPart, CountedPartnerships, CountedQuery, ExchangeCountsOf, LISTED_WITH_A_COUNT,
};
pub use error::{AppError, FieldError, RefusedTransition};
pub use history::{HistoryPage, HistoryQuery};
pub use journal::JournalPage;
pub use times::Times;
