//! Knows the page behind the link at the end of a mail, by which its reader refuses such messages: without a log-in, as the link is signed.
//!
//! To look at it changes nothing, as programs look behind links before people do. A `POST` does it, whether from the button or from a mail program (RFC 8058).

use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use http::{HeaderMap, StatusCode};
use sister_cities_app::App;
use sister_cities_app::refusal::RefusalOffer;
use sister_cities_domain::id::ProgrammeId;
use sister_cities_domain::notification::RefusableKind;
use sister_cities_domain::value::LanguageTag;
use sister_cities_notification::words::{Catalogues, RefusalPage};

use crate::error::ApiError;

/// Where the page is. The links in mails lead there.
const PATH: &str = "/unsubscribe/{programme}/{link}";
/// So many languages of a browser are looked at.
const LANGUAGES: usize = 10;

static CATALOGUES: LazyLock<Catalogues> = LazyLock::new(Catalogues::embedded);

/// What a request is about.
type Named = Path<(String, String)>;

/// Adds the page.
pub(crate) fn routed(router: Router, app: &App) -> Router {
    let (looking, refusing) = (app.clone(), app.clone());
    let look = move |path: Named, headers: HeaderMap| async move {
        let Path((programme, link)) = path;
        let found = match programme.parse::<ProgrammeId>() {
            Ok(programme) => looking.read_refusal(programme, &link).await,
            Err(_) => Ok(None),
        };
        match found {
            Ok(Some(offer)) => {
                shown(StatusCode::OK, &languages_of(&offer), RefusalPage::Ask { programme: &offer.programme })
            }
            Ok(None) => unknown(&headers),
            Err(error) => ApiError::from(error).into_response(),
        }
    };
    let refuse = move |path: Named, headers: HeaderMap| async move {
        let Path((programme, link)) = path;
        let done = match programme.parse::<ProgrammeId>() {
            Ok(programme) => refusing.refuse_messages(programme, &link).await,
            Err(_) => Ok(None),
        };
        match done {
            Ok(Some(offer)) => {
                let programme = &offer.programme;
                let page = match offer.kind {
                    RefusableKind::Digest(_) => RefusalPage::DigestsDone { programme },
                    RefusableKind::Subscription(_) | RefusableKind::Reminder(_) | _ => {
                        RefusalPage::Done { programme }
                    }
                };
                shown(StatusCode::OK, &languages_of(&offer), page)
            }
            Ok(None) => unknown(&headers),
            Err(error) => ApiError::from(error).into_response(),
        }
    };
    router.route(PATH, get(look).post(refuse))
}

fn languages_of(offer: &RefusalOffer) -> Vec<LanguageTag> {
    offer.languages.iter().cloned().chain([offer.language.clone()]).collect()
}

/// Whose link it was is not known: the page is in the languages of the browser.
fn unknown(headers: &HeaderMap) -> Response {
    let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let tags = wanted.split(',').filter_map(|part| part.split(';').next()?.trim().parse().ok());
    let languages: Vec<LanguageTag> = tags.take(LANGUAGES).collect();
    shown(StatusCode::NOT_FOUND, &languages, RefusalPage::Unknown)
}

fn shown(status: StatusCode, languages: &[LanguageTag], page: RefusalPage<'_>) -> Response {
    const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (CONTENT_SECURITY_POLICY, POLICY),
    ];
    (status, headers, CATALOGUES.refusal_page(languages, page)).into_response()
}
