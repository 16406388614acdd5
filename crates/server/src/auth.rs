//! Knows who asks: the bearer of a token, or nobody.

use std::collections::BTreeSet;

use http::HeaderMap;
use http::header::AUTHORIZATION;
use sister_cities_api::ProblemKind;
use sister_cities_app::App;
use sister_cities_domain::access::{Actor, Caller, Denied, Grant, Scope};

use crate::config::ProcessToken;
use crate::error::{ApiError, ApiResult};
use crate::refusal::unauthenticated;

/// The caller of a public endpoint: nobody, who may nothing.
pub(crate) fn nobody() -> Caller {
    Caller { actor: Actor::System, grant: Grant { programme: None, scopes: BTreeSet::new() } }
}

/// The bearer of the token in the headers; 401 if there is none, or it is not accepted.
pub(crate) async fn authenticate(
    app: &App,
    process: Option<&ProcessToken>,
    headers: &HeaderMap,
) -> ApiResult<Caller> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return Err(unauthenticated()) };
    let text = value.to_str().map_err(|_| unauthenticated())?;
    let (scheme, token) = text.split_once(' ').ok_or_else(unauthenticated)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(unauthenticated());
    }
    if let Some(caller) = process.and_then(|process| process.caller(token.trim())) {
        return Ok(caller);
    }
    Ok(app.verify_token(token.trim()).await?)
}

/// Another programme looks like none; a missing scope is named.
pub(crate) fn denied(denied: Denied, needed: Scope) -> ApiError {
    match denied {
        Denied::Scope { .. } => ApiError::new(ProblemKind::Forbidden)
            .detail(format!("this needs a token with the scope {needed}")),
        Denied::OtherProgramme | _ => ApiError::not_found(),
    }
}
