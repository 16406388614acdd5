//! The kinds of bond in a programme's catalogue, and their rules, as the wire has them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::programme::{Headline, OpenEnd, Requirement};
use sister_cities_domain::value::{KindKey, LanguageTag, Name, Source};

use super::{HeadlineWord, OpenEndWord, RequirementWord, VitalityPolicyBody};
use crate::IncompleteView;

/// One kind of bond in a programme's catalogue.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KindView {
    /// Its key, such as `sister-city`.
    pub key: KindKey,
    /// What it is called, by language.
    pub names: Vec<LocalisedName>,
    /// The ways in which offices write it in their lists.
    pub wordings: Vec<String>,
    /// `required` if a signed agreement is part of it, else `not_required`.
    pub signed_agreement: RequirementWord,
    /// The longest term in months, if it has one.
    pub max_term_months: Option<u32>,
    /// `allowed` if it may run without an end, else `not_allowed`.
    pub open_ended: OpenEndWord,
    /// `counted` if it is part of the headline count, else `not_counted`.
    pub headline: HeadlineWord,
    /// The numbers by which the vitality of its bonds is reckoned, if not the programme's.
    pub vitality: Option<VitalityPolicyBody>,
    /// On what this definition rests.
    pub source: Option<Source>,
}

/// A kind of bond as an office sets it. All fields mean what they mean in [`KindView`].
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KindBody {
    /// Its key, such as `sister-city`.
    pub key: KindKey,
    /// What it is called, by language.
    pub names: Vec<LocalisedName>,
    /// The ways in which offices write it in their lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wordings: Vec<String>,
    /// `required` if a signed agreement is part of it, else `not_required`.
    pub signed_agreement: Requirement,
    /// The longest term in months, if it has one.
    pub max_term_months: Option<u32>,
    /// `allowed` if it may run without an end, else `not_allowed`.
    pub open_ended: OpenEnd,
    /// `counted` if it is part of the headline count, else `not_counted`.
    pub headline: Headline,
    /// The numbers by which the vitality of its bonds is reckoned, if not the programme's.
    pub vitality: Option<VitalityPolicyBody>,
    /// On what this definition rests.
    pub source: Option<Source>,
}

/// A name in a language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LocalisedName {
    /// The language.
    pub language: LanguageTag,
    /// The name in it.
    pub name: Name,
}

/// The kind as a body that changes nothing: what is to be changed is changed in it.
impl TryFrom<KindView> for KindBody {
    type Error = IncompleteView;

    fn try_from(view: KindView) -> Result<Self, IncompleteView> {
        let KindView {
            key,
            names,
            wordings,
            signed_agreement,
            max_term_months,
            open_ended,
            headline,
            vitality,
            source,
        } = view;
        Ok(Self {
            key,
            names,
            wordings,
            signed_agreement: signed_agreement.recognised("signed_agreement")?,
            max_term_months,
            open_ended: open_ended.recognised("open_ended")?,
            headline: headline.recognised("headline")?,
            vitality,
            source,
        })
    }
}
