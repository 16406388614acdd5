//! Which places bear a name: lists behind the automaton of coded names.
//!
//! The number of a key is a place, where just one bears the name; else the table's length plus the start of a list. An
//! entry of a list has three bytes: the place (17 bits), whether the name is only a code of it (bit 21), whether it is its
//! official name (bit 22), whether the entry is the last (bit 23). Lists run from the most populous place downwards.

use crate::fold::fold;
use crate::format::uint;
use crate::places::{NUMBER_BITS, PlaceNumber, Places};

pub(crate) const IS_CODE: u32 = 1 << 21;
pub(crate) const IS_OFFICIAL: u32 = 1 << 22;
pub(crate) const IS_LAST: u32 = 1 << 23;

/// How a name belongs to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NameKind {
    Code,
    Alternate,
    Official,
}

/// Calls `visit` with each place that bears the name behind `value`.
pub(crate) fn each_bearer(
    places: &Places,
    lists: &[u8],
    folded: &str,
    value: u64,
    mut visit: impl FnMut(PlaceNumber, NameKind),
) {
    let value = usize::try_from(value).unwrap_or(usize::MAX);
    let Some(start) = value.checked_sub(places.len()) else {
        let place = PlaceNumber::try_from(value).unwrap_or(PlaceNumber::MAX);
        let official = fold(&places.title(place)) == folded;
        visit(place, if official { NameKind::Official } else { NameKind::Alternate });
        return;
    };
    for at in (start * 3..lists.len()).step_by(3) {
        let entry = uint::<3>(lists, at);
        let kind = match (entry & IS_OFFICIAL != 0, entry & IS_CODE != 0) {
            (true, _) => NameKind::Official,
            (false, true) => NameKind::Code,
            (false, false) => NameKind::Alternate,
        };
        visit(entry & ((1 << NUMBER_BITS) - 1), kind);
        if entry & IS_LAST != 0 {
            return;
        }
    }
}
