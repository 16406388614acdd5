//! The model of a sister-city programme and its rules; pure.
//!
//! State and a command go in, new state and an event come out, or a typed refusal. There is no I/O here, no clock and no
//! randomness: time and ids are parameters ([`id::IdSource`]).
//!
//! - [`id`]: typed ids, `prt_…`, one registry of kinds.
//! - [`value`]: validated values: text, dates of the precision that is known, money, places on the globe, claims with sources.
//! - [`place`], [`programme`]: where, and whose: the tenant with its catalogue of kinds and its policies.
//! - [`partnership`]: partnerships, their episodes and what was decided about them; [`count`]: how many, as of a day.
//! - [`agreement`]: what the sides approved and signed, version by version, and until when it holds.
//! - [`engagement`]: what the cities did together, and how many took part.
//! - [`committee`], [`role`]: who sees to what, who is what and until when, and what is vacant.
//! - [`organisation`], [`person`]: who is who, how to reach them, and who may see it.
//! - [`practice`]: what cities learn from each other, how far they are with it, and whether it worked.
//! - [`handover`]: what whoever takes over a partnership or a role has to know.
//! - [`import_run`]: a file on its way into a programme.
//! - [`promise`]: plans that both cities agreed on, their points with an owner on each side, and how far they are.
//! - [`vitality`]: how alive a partnership is, why, and when it will be called cooling or dormant if nothing happens.
//! - [`due`]: what is to be done next, by whom and why, from all of it.
//! - [`outcome`]: what came of it, graded by its evidence, and totals that count each outcome once; [`indicator`]: what was aimed at
//!   and reached; [`valuation`]: by which rates hours, days and gifts are valued.
//! - [`sharing`]: what two programmes that keep the same partnership let each other see.
//! - [`responsible`]: who is to do something; [`state_machine`]: which steps lead from which state to which.
//! - [`event`]: what happened, to which record, by whom.
//! - [`access`]: who may do what; [`privacy`]: how private data is, how long it is kept, what was done with it.
//!
//! serde on the entities is their *storage* form. Every stored record carries its version in the field `v`
//! (`#[serde(tag = "v", rename = "1")]`), so that a later version can be told from this one; the wire has types of its own.
//! A form of this version is read by every later one; fields that a form does not know are dropped when it is read, so write nothing back with a version
//! older than the one that wrote it. Answers ([`vitality::Vitality`], [`vitality::Standing`], [`vitality::Forecast`], [`partnership::Status`],
//! [`agreement::AgreementEnd`]) can be written as JSON and shown, but not read: what they say follows from the records. They may gain fields.

pub mod access;
pub mod agreement;
pub mod calendar_feed;
pub mod committee;
pub mod count;
pub mod due;
pub mod engagement;
pub mod event;
pub mod handover;
pub mod id;
pub mod import_run;
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
pub mod responsible;
pub mod role;
pub mod sharing;
pub mod state_machine;
#[cfg(feature = "stored-forms")]
pub mod stored_forms;
pub mod valuation;
pub mod value;
pub mod vitality;
pub mod webhook;

/// The libraries whose types are part of this interface, in the versions that fit it.
pub use {chrono, uuid};

/// For the macros that give values their schemas.
#[cfg(feature = "schema")]
#[doc(hidden)]
pub use schemars;
