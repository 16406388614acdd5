//! What the wire shows of a programme, and how it is made of the domain.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sister_cities_domain::id::{PlaceId, ProgrammeId};
use sister_cities_domain::privacy::{Retention, RetentionPolicy, SignatureDuty};
use sister_cities_domain::programme::{KindDefinition, Programme};
use sister_cities_domain::value::{Currency, LanguageTag, Name};
use sister_cities_domain::vitality::{PolicyNumbers, VitalityPolicy};

use super::kind::{KindView, LocalisedName};
use super::{OnePerCountryWord, RetentionBody, VitalityPolicyBody};
use crate::due::DuePolicyView;

impl ProgrammeView {
    /// Shows a programme at a revision.
    #[must_use]
    pub fn of(programme: &Programme, revision: u32) -> Self {
        let &Programme { id, host, currency, ref name, ref kinds, ref policies, ref language } = programme;
        Self {
            id,
            revision,
            name: name.clone(),
            host,
            language: language.clone(),
            currency,
            kinds: kinds.iter().map(KindView::of).collect(),
            vitality: VitalityPolicyBody::of(&policies.vitality),
            one_per_country: policies.one_per_country.into(),
            retention: RetentionBody::of(&policies.retention),
            due: DuePolicyView::of(&policies.due),
        }
    }
}

impl KindView {
    fn of(kind: &KindDefinition) -> Self {
        let &KindDefinition {
            needs_signed_agreement,
            max_term_months,
            open_ended,
            in_headline,
            ref key,
            ref names,
            ref wordings,
            ref vitality,
            ref source,
        } = kind;
        let name = |(language, name): &(_, _)| LocalisedName {
            language: Clone::clone(language),
            name: Clone::clone(name),
        };
        Self {
            key: key.clone(),
            names: names.iter().map(name).collect(),
            wordings: wordings.clone(),
            signed_agreement: needs_signed_agreement.into(),
            max_term_months,
            open_ended: open_ended.into(),
            headline: in_headline.into(),
            vitality: vitality.as_ref().map(VitalityPolicyBody::of),
            source: source.clone(),
        }
    }
}

impl RetentionBody {
    /// The numbers of a policy.
    #[must_use]
    pub fn of(policy: &RetentionPolicy) -> Self {
        let days = |retention| if let Retention::Days(days) = retention { Some(days) } else { None };
        Self {
            personal_days: days(policy.personal),
            sensitive_days: days(policy.sensitive),
            signature_months: if let SignatureDuty::MonthsAfterEnd(months) = policy.signatures {
                Some(months)
            } else {
                None
            },
        }
    }

    /// The policy that they mean.
    #[must_use]
    pub fn policy(self) -> RetentionPolicy {
        let retention = |days: Option<_>| days.map_or(Retention::Keep, Retention::Days);
        RetentionPolicy {
            personal: retention(self.personal_days),
            sensitive: retention(self.sensitive_days),
            signatures: self.signature_months.map_or(SignatureDuty::None, SignatureDuty::MonthsAfterEnd),
        }
    }
}

impl VitalityPolicyBody {
    /// The numbers of a policy.
    #[must_use]
    pub fn of(policy: &VitalityPolicy) -> Self {
        let numbers = policy.numbers();
        Self {
            half_life_days: numbers.half_life_days,
            capacity: numbers.capacity,
            one_sided_factor: numbers.one_sided_factor,
            half_score_energy: numbers.half_score_energy,
            active_at: numbers.active_at,
            cooling_below: numbers.cooling_below,
            reviving_at: numbers.reviving_at,
            dormant_below: numbers.dormant_below,
            lively_energy: numbers.lively_energy,
        }
    }

    /// The numbers as the domain takes them; it still has to check them.
    #[must_use]
    pub fn numbers(&self) -> PolicyNumbers {
        PolicyNumbers {
            half_life_days: self.half_life_days,
            capacity: self.capacity,
            one_sided_factor: self.one_sided_factor,
            half_score_energy: self.half_score_energy,
            active_at: self.active_at,
            cooling_below: self.cooling_below,
            reviving_at: self.reviving_at,
            dormant_below: self.dormant_below,
            lively_energy: self.lively_energy,
        }
    }
}

/// A city's programme: the tenant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProgrammeView {
    /// Its id.
    pub id: ProgrammeId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// Its name, such as "Chicago Sister Cities".
    pub name: Name,
    /// The place that runs it.
    pub host: PlaceId,
    /// The language that its own texts are in.
    pub language: LanguageTag,
    /// The currency of its own accounts.
    pub currency: Currency,
    /// The kinds of bond that it knows.
    pub kinds: Vec<KindView>,
    /// The numbers by which vitality is reckoned.
    pub vitality: VitalityPolicyBody,
    /// `advised` if the programme wants to be warned of a second bond with a country, else `not_advised`.
    pub one_per_country: OnePerCountryWord,
    /// How long personal data is kept.
    pub retention: RetentionBody,
    /// By which numbers due work is reckoned.
    pub due: DuePolicyView,
}
