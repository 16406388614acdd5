//! What is done with an input from outside: each target takes any bytes, and panics only where the product has a mistake.
//!
//! `cargo xtask fuzz` looks for such inputs; what it finds is kept in `tests/data/inputs`, where a test takes all of them on
//! every run. An input is readable where it can be: a request is its operation's name and, below, its body; a ZIP file is its parts.

mod archive;
mod files;
mod parts;
mod requests;
mod texts;

/// What takes the bytes.
pub type Target = fn(&[u8]);

/// The targets by their names.
pub const TARGETS: [(&str, Target); 10] = [
    ("archive", archive::take),
    ("csv", files::take_delimited),
    ("cursor", requests::take_cursor),
    ("date", texts::take_date),
    ("icalendar", texts::take_calendar),
    ("json-body", requests::take_body),
    ("place-name", texts::take_place_name),
    ("query", requests::take_query),
    ("vcard", files::take_cards),
    ("xlsx", files::take_workbook),
];

/// The target of that name.
#[must_use]
pub fn target(name: &str) -> Option<Target> {
    TARGETS.iter().find(|(known, _)| *known == name).map(|(_, target)| *target)
}
