//! A programme, as a caller says it is.

use sister_cities_api::programme::{ChangeProgrammeBody, CreateProgrammeBody, VitalityPolicyBody};
use sister_cities_app::programme::{NewProgramme, ProgrammeChange};
use sister_cities_domain::programme::{KindCatalogue, Policies};
use sister_cities_domain::value::{Currency, LanguageTag};
use sister_cities_domain::vitality::VitalityPolicy;

use super::place;
use crate::failure::{Failure, Step};

/// A new programme.
pub(crate) fn new(body: CreateProgrammeBody) -> Step<NewProgramme> {
    let language = match body.language {
        Some(language) => language,
        None => "en".parse::<LanguageTag>().map_err(Failure::internal)?,
    };
    let currency = match body.currency {
        Some(currency) => currency,
        None => "EUR".parse::<Currency>().map_err(Failure::internal)?,
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
pub(crate) fn change(body: ChangeProgrammeBody) -> Step<ProgrammeChange> {
    Ok(ProgrammeChange {
        name: body.name,
        kinds: None,
        vitality: body.vitality.map(|numbers| vitality(&numbers)).transpose()?,
        one_per_country: None,
        retention: None,
        language: body.language,
        currency: body.currency,
    })
}

fn vitality(body: &VitalityPolicyBody) -> Step<VitalityPolicy> {
    VitalityPolicy::new(body.numbers())
        .map_err(|error| Failure::field("/vitality", error.to_string(), "numbers that fit together"))
}
