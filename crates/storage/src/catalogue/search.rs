//! What full-text search finds records by, kind by kind.
//!
//! Sensitive fields cannot be named here: a test compares with their classes. To have a kind found is to declare its fields; the
//! back ends, the migration of what is stored already and the erasure of people follow from that.

use super::ValueSet;

/// What records of a kind are found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchText {
    /// Texts of the body; none if such records are not found by search.
    pub fields: &'static [SearchField],
    /// Records of another kind whose texts find these too: a bond by the names of the places it joins.
    pub through: Option<Through>,
}

/// One or more texts of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchField {
    /// Where: a JSON pointer in which `*` stands for any one step.
    pub path: &'static str,
    /// What the text is to the record.
    pub role: SearchRole,
}

/// What a text is to its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchRole {
    /// Names it: the first such text stands above a hit.
    Name,
    /// Tells of it.
    Text,
}

/// Records that lend their texts to those that refer to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Through {
    /// The set that refers to them, with an index by value.
    pub set: &'static ValueSet,
    /// Where the body names them: a JSON pointer in which `*` stands for any one step.
    pub path: &'static str,
}

pub(super) const fn name(path: &'static str) -> SearchField {
    SearchField { path, role: SearchRole::Name }
}

pub(super) const fn text(path: &'static str) -> SearchField {
    SearchField { path, role: SearchRole::Text }
}
