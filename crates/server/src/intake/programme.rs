//! A programme, as a caller says it is.

use sister_cities_api::programme::{
    ChangeProgrammeBody, CreateProgrammeBody, KindBody, LocalisedName, RetentionBody, VitalityPolicyBody,
};
use sister_cities_app::programme::ProgrammeChange;
use sister_cities_domain::id::{IdSource, PlaceId, ProgrammeId};
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::{KindCatalogue, KindDefinition, Policies, Programme};
use sister_cities_domain::value::{Currency, LanguageTag};
use sister_cities_domain::vitality::VitalityPolicy;

use super::{place, refused};
use crate::error::{ApiError, ApiResult};

/// A new programme and its host place.
pub(crate) fn new(body: CreateProgrammeBody, ids: &dyn IdSource) -> ApiResult<(Programme, Place)> {
    let CreateProgrammeBody { name, host, language, currency } = body;
    let id = ProgrammeId::next(ids);
    let host = place::place(host, PlaceId::next(ids), id, "/host")?;
    let language = match language {
        Some(language) => language,
        None => "en".parse::<LanguageTag>().map_err(ApiError::internal)?,
    };
    let currency = match currency {
        Some(currency) => currency,
        None => "EUR".parse::<Currency>().map_err(ApiError::internal)?,
    };
    let (kinds, policies) = (KindCatalogue::standard(), Policies::default());
    Ok((Programme { id, name, host: host.id, kinds, policies, language, currency }, host))
}

/// What to change of a programme.
pub(crate) fn change(body: ChangeProgrammeBody) -> ApiResult<ProgrammeChange> {
    let ChangeProgrammeBody {
        name,
        language,
        currency,
        vitality: numbers,
        kinds: kind_bodies,
        one_per_country,
        retention,
    } = body;
    Ok(ProgrammeChange {
        name,
        kinds: kind_bodies.map(kinds).transpose()?,
        vitality: numbers.map(|numbers| vitality(&numbers, "/vitality")).transpose()?,
        one_per_country,
        retention: retention.map(RetentionBody::policy),
        language,
        currency,
    })
}

fn kinds(bodies: Vec<KindBody>) -> ApiResult<KindCatalogue> {
    let kinds = bodies.into_iter().enumerate().map(|(at, body)| kind(body, &format!("/kinds/{at}")));
    KindCatalogue::new(kinds.collect::<ApiResult<_>>()?).map_err(|error| refused("/kinds", &error))
}

fn kind(body: KindBody, pointer: &str) -> ApiResult<KindDefinition> {
    let at = |field: &str| format!("{pointer}/{field}");
    let KindBody {
        key,
        names,
        wordings,
        signed_agreement,
        max_term_months,
        open_ended,
        headline,
        vitality: numbers,
        source,
    } = body;
    Ok(KindDefinition {
        key,
        names: names.into_iter().map(|LocalisedName { language, name }| (language, name)).collect(),
        wordings,
        needs_signed_agreement: signed_agreement,
        max_term_months,
        open_ended,
        in_headline: headline,
        vitality: numbers.map(|numbers| vitality(&numbers, &at("vitality"))).transpose()?,
        source,
    })
}

fn vitality(body: &VitalityPolicyBody, pointer: &str) -> ApiResult<VitalityPolicy> {
    VitalityPolicy::new(body.numbers())
        .map_err(|error| ApiError::field(pointer, error.to_string(), "numbers that fit together"))
}
