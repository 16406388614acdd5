//! Languages and scripts: BCP 47 tags, ISO 15924 codes.

use std::fmt;
use std::str::FromStr;

use unic_langid::LanguageIdentifier;
use unic_langid::subtags::Script as ScriptSubtag;

use super::text_form::text_form;
use super::{InvalidValue, Shape};

/// A language as BCP 47 writes it: `pl`, `pt-BR`, `sr-Latn`. Syntax is checked and case made regular; whether anybody speaks it is not.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageTag(LanguageIdentifier);

impl LanguageTag {
    /// The language alone, without script and region: `sr` of `sr-Latn`.
    #[must_use]
    pub fn language(&self) -> &str {
        self.0.language.as_str()
    }

    /// The script, if the tag names one.
    #[must_use]
    pub fn script(&self) -> Option<Script> {
        self.0.script.map(Script)
    }

    /// Whether both are the same language, whatever the script and region.
    #[must_use]
    pub fn same_language(&self, other: &Self) -> bool {
        self.0.language == other.0.language
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for LanguageTag {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let malformed =
            || InvalidValue::malformed(text, "a BCP 47 language tag such as en, pt-BR or sr-Latn");
        let tag: LanguageIdentifier = text.parse().map_err(|_| malformed())?;
        // An empty language is "undetermined": better left out than stored.
        if tag.language.is_empty() { Err(malformed()) } else { Ok(Self(tag)) }
    }
}

text_form!(LanguageTag, Shape::text("a language tag such as en or zh-Hant (BCP 47)", "en"));

/// A script by its ISO 15924 code: `Latn`, `Cyrl`, `Arab`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Script(ScriptSubtag);

impl fmt::Display for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0.as_str())
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

impl FromStr for Script {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        text.parse().map(Self).map_err(|_| {
            InvalidValue::malformed(text, "an ISO 15924 script code of four letters, such as Cyrl")
        })
    }
}

text_form!(Script, Shape::pattern("a script code such as Cyrl (ISO 15924)", "^[A-Z][a-z]{3}$", "Cyrl"));
