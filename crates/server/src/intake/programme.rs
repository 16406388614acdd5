//! A programme, as a caller says it is.

use sister_cities_api::programme::{
    ChangeProgrammeBody, CreateProgrammeBody, HeadlineWord, KindBody, OnePerCountryWord, OpenEndWord,
    RequirementWord, RetentionBody, VitalityPolicyBody,
};
use sister_cities_app::programme::{NewProgramme, ProgrammeChange};
use sister_cities_domain::programme::{KindCatalogue, KindDefinition, Policies};
use sister_cities_domain::value::{Currency, LanguageTag};
use sister_cities_domain::vitality::VitalityPolicy;

use super::{meant, place, refused};
use crate::error::{ApiError, ApiResult};

/// A new programme.
pub(crate) fn new(body: CreateProgrammeBody) -> ApiResult<NewProgramme> {
    let language = match body.language {
        Some(language) => language,
        None => "en".parse::<LanguageTag>().map_err(ApiError::internal)?,
    };
    let currency = match body.currency {
        Some(currency) => currency,
        None => "EUR".parse::<Currency>().map_err(ApiError::internal)?,
    };
    Ok(NewProgramme {
        name: body.name,
        host: place::facts(body.host, "/host")?,
        kinds: KindCatalogue::standard(),
        policies: Policies::default(),
        language,
        currency,
    })
}

/// What to change of a programme.
pub(crate) fn change(body: ChangeProgrammeBody) -> ApiResult<ProgrammeChange> {
    Ok(ProgrammeChange {
        name: body.name,
        kinds: body.kinds.map(kinds).transpose()?,
        vitality: body.vitality.map(|numbers| vitality(&numbers, "/vitality")).transpose()?,
        one_per_country: body
            .one_per_country
            .map(|word| meant(&word, OnePerCountryWord::meaning, "/one_per_country"))
            .transpose()?,
        retention: body.retention.map(RetentionBody::policy),
        language: body.language,
        currency: body.currency,
    })
}

fn kinds(bodies: Vec<KindBody>) -> ApiResult<KindCatalogue> {
    let kinds = bodies.into_iter().enumerate().map(|(at, body)| kind(body, &format!("/kinds/{at}")));
    KindCatalogue::new(kinds.collect::<ApiResult<_>>()?).map_err(|error| refused("/kinds", &error))
}

fn kind(body: KindBody, pointer: &str) -> ApiResult<KindDefinition> {
    let at = |field: &str| format!("{pointer}/{field}");
    let numbers = body.vitality.map(|numbers| vitality(&numbers, &at("vitality"))).transpose()?;
    Ok(KindDefinition {
        key: body.key,
        names: body.names.into_iter().map(|named| (named.language, named.name)).collect(),
        wordings: body.wordings,
        needs_signed_agreement: meant(
            &body.signed_agreement,
            RequirementWord::meaning,
            &at("signed_agreement"),
        )?,
        max_term_months: body.max_term_months,
        open_ended: meant(&body.open_ended, OpenEndWord::meaning, &at("open_ended"))?,
        in_headline: meant(&body.headline, HeadlineWord::meaning, &at("headline"))?,
        vitality: numbers,
        source: body.source,
    })
}

fn vitality(body: &VitalityPolicyBody, pointer: &str) -> ApiResult<VitalityPolicy> {
    VitalityPolicy::new(body.numbers())
        .map_err(|error| ApiError::field(pointer, error.to_string(), "numbers that fit together"))
}
