//! One file for each resource: its handlers, and the list of them that the router takes.

pub(crate) mod agreement;
pub(crate) mod committee;
pub(crate) mod count;
pub(crate) mod due;
pub(crate) mod engagement;
pub(crate) mod handover;
pub(crate) mod import;
pub(crate) mod indicator;
pub(crate) mod journal;
pub(crate) mod organisation;
pub(crate) mod outcome;
pub(crate) mod partnership;
pub(crate) mod person;
pub(crate) mod place;
pub(crate) mod practice;
pub(crate) mod programme;
pub(crate) mod promise;
pub(crate) mod role;
pub(crate) mod search;
pub(crate) mod sharing;
pub(crate) mod system;
pub(crate) mod valuation_rate;
pub(crate) mod vitality;
pub(crate) mod webhook;
