//! One handler for each endpoint: from the call to the use case, and from its result to the view. No rules here.

pub(crate) mod agreement;
pub(crate) mod count;
pub(crate) mod engagement;
pub(crate) mod import;
pub(crate) mod journal;
pub(crate) mod partnership;
pub(crate) mod place;
pub(crate) mod programme;
pub(crate) mod search;
pub(crate) mod sharing;
pub(crate) mod system;
pub(crate) mod vitality;
