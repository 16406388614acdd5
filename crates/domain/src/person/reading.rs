//! How somebody reads what they are told.

use serde::{Deserialize, Serialize};

use crate::notification::{ReadingHours, Rhythm};
use crate::value::Country;

/// When and how often somebody wants messages, as far as they said. The rest is as for everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The days and hours in which messages reach them, by the clock of their own zone; Monday to Friday from 9 to 17 o'clock if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<ReadingHours>,
    /// How often, where no subscription says it; by the rule of each message if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rhythm: Option<Rhythm>,
    /// The country whose public holidays are theirs; that of their letters, else of the host, if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// Whether they want nothing that comes together with other things, but for what is theirs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub digests_refused: bool,
}
