//! Keys of kinds of link, by which partnerships name what a programme's catalogue describes.

use std::fmt;
use std::str::FromStr;

use super::text_form::text_form;
use super::{InvalidValue, Shape, Slug};

/// The key of a kind of link: `sister-city`. Words of lower-case letters and digits joined by `-`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindKey(Slug);

impl KindKey {
    /// Checks a key.
    ///
    /// # Errors
    ///
    /// [`InvalidValue`] if it is not written as above, or longer than [`Slug::MOST`].
    pub fn new(text: &str) -> Result<Self, InvalidValue> {
        Slug::new(text)?.try_into()
    }

    /// A key that stands in the program text and is known to be right.
    pub(crate) fn listed(key: &'static str) -> Self {
        Self(Slug::listed(key))
    }

    /// The key as text: `sister-city`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for KindKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for KindKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for KindKey {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        Self::new(text)
    }
}

text_form!(
    KindKey,
    Shape::pattern(
        "a key of the programme's catalogue of kinds, such as sister-city",
        Slug::PATTERN,
        "sister-city",
    )
    .of_length(1, Slug::MOST)
);

impl TryFrom<Slug> for KindKey {
    type Error = InvalidValue;

    fn try_from(slug: Slug) -> Result<Self, InvalidValue> {
        if slug.as_str().contains('_') {
            return Err(InvalidValue::malformed(
                slug.as_str(),
                "lower-case letters and digits, words joined by -, such as sister-city",
            ));
        }
        Ok(Self(slug))
    }
}
