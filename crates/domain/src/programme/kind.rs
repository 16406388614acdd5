//! Kinds of link as data (R2): what each is called, what it demands, and whether it counts in the headline.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::standard;
use crate::named_enum;
use crate::value::{InvalidValue, KindKey, LanguageTag, Name, Source};
use crate::vitality::VitalityPolicy;

named_enum! {
    /// Whether a kind demands something.
    #[non_exhaustive]
    pub enum Requirement ("a requirement") {
        /// The link is one only with it.
        Required = "required",
        /// The link is one without it, too.
        NotRequired = "not_required",
    }
}

named_enum! {
    /// Whether a link of a kind may be without an end.
    #[non_exhaustive]
    pub enum OpenEnd ("a rule for open ends") {
        /// It may last until somebody ends it.
        Allowed = "allowed",
        /// It has a term.
        NotAllowed = "not_allowed",
    }
}

named_enum! {
    /// Whether links of a kind count in the number that the programme publishes.
    #[non_exhaustive]
    pub enum Headline ("a rule for the headline count") {
        /// They count, as sister cities do.
        Counted = "counted",
        /// They are listed apart, as contacts are.
        NotCounted = "not_counted",
    }
}

/// A kind of link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KindDefinition {
    /// The key by which partnerships name it.
    pub key: KindKey,
    /// What it is called, by language.
    pub names: Vec<(LanguageTag, Name)>,
    /// How offices write it in their lists, in any language and case.
    #[serde(default)]
    pub wordings: Vec<String>,
    /// Whether the link is one only once an agreement is signed.
    pub needs_signed_agreement: Requirement,
    /// The longest term, in months; `None` if there is no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_term_months: Option<u32>,
    /// Whether it may be without an end.
    pub open_ended: OpenEnd,
    /// Whether it counts in the headline.
    pub in_headline: Headline,
    /// The numbers by which the vitality of its partnerships is reckoned, if not the programme's (R37): a project of two years is
    /// dormant sooner than a sister city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vitality: Option<VitalityPolicy>,
    /// Where these attributes come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

impl KindDefinition {
    /// What it is called in that language, else in English, else its key.
    #[must_use]
    pub fn name(&self, language: &LanguageTag) -> &str {
        let named = |wanted: &dyn Fn(&LanguageTag) -> bool| {
            self.names.iter().find(|(own, _)| wanted(own)).map(|(_, name)| name.as_str())
        };
        named(&|own| own == language)
            .or_else(|| named(&|own| own.same_language(language)))
            .or_else(|| named(&|own| own.language() == "en"))
            .unwrap_or_else(|| self.key.as_str())
    }
}

/// The kinds of link that a programme knows: each key once, each wording of one kind only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<KindDefinition>", into = "Vec<KindDefinition>")]
pub struct KindCatalogue(Vec<KindDefinition>);

impl KindCatalogue {
    /// The kinds seen in the field: sister city, partner city, friendship city, treaty of friendship, cooperation agreement,
    /// project, contact, historical. Headline kinds are the first two, as Sister Cities International and Chicago count.
    #[must_use]
    pub fn standard() -> Self {
        Self(standard::kinds())
    }

    /// A catalogue of these kinds.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::Empty`] without any kind, [`InvalidValue::Repeated`] if two share a key or a wording.
    pub fn new(kinds: Vec<KindDefinition>) -> Result<Self, InvalidValue> {
        if kinds.is_empty() {
            return Err(InvalidValue::Empty);
        }
        let mut keys = BTreeSet::new();
        let mut wordings = BTreeSet::new();
        for kind in &kinds {
            if !keys.insert(&kind.key) {
                return Err(InvalidValue::Repeated { found: format!("the kind {}", kind.key) });
            }
            let own: BTreeSet<_> = kind.wordings.iter().map(|wording| folded(wording)).collect();
            for wording in own {
                if !wordings.insert(wording.clone()) {
                    return Err(InvalidValue::Repeated { found: format!("the wording {wording:?}") });
                }
            }
        }
        Ok(Self(kinds))
    }

    /// The kind with that key.
    #[must_use]
    pub fn get(&self, key: &KindKey) -> Option<&KindDefinition> {
        self.0.iter().find(|kind| kind.key == *key)
    }

    /// Every kind, in the programme's order.
    pub fn iter(&self) -> impl Iterator<Item = &KindDefinition> {
        self.0.iter()
    }

    /// The kinds that count in the headline.
    #[must_use]
    pub fn headline(&self) -> BTreeSet<KindKey> {
        let counted = |kind: &&KindDefinition| kind.in_headline == Headline::Counted;
        self.0.iter().filter(counted).map(|kind| kind.key.clone()).collect()
    }

    /// The kind that an office means by these words: a key, a name or a wording; case, hyphens and spaces do not matter.
    #[must_use]
    pub fn recognise(&self, words: &str) -> Option<&KindDefinition> {
        let words = folded(words);
        let means = |kind: &&KindDefinition| {
            folded(kind.key.as_str()) == words
                || kind.names.iter().any(|(_, name)| folded(name.as_str()) == words)
                || kind.wordings.iter().any(|wording| folded(wording) == words)
        };
        self.0.iter().find(means)
    }
}

/// Lower case, with every run of spaces, hyphens and underscores as one space.
fn folded(words: &str) -> String {
    let lower = words.to_lowercase();
    let parts = lower.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | '‐' | '–'));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

impl TryFrom<Vec<KindDefinition>> for KindCatalogue {
    type Error = InvalidValue;

    fn try_from(kinds: Vec<KindDefinition>) -> Result<Self, InvalidValue> {
        Self::new(kinds)
    }
}

impl From<KindCatalogue> for Vec<KindDefinition> {
    fn from(catalogue: KindCatalogue) -> Self {
        catalogue.0
    }
}

impl Default for KindCatalogue {
    /// [`KindCatalogue::standard`].
    fn default() -> Self {
        Self::standard()
    }
}
