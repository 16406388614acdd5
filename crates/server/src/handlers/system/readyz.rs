//! `GET /readyz`.

use sister_cities_api::system::{Readyz, ReadyzReply};

use crate::call::{Answer, Call};
use crate::error::ApiResult;
use crate::refusal;

/// Answers `GET /readyz`.
pub(crate) async fn handle(call: Call<Readyz>) -> ApiResult<Answer<ReadyzReply>> {
    // One cheap read tells whether the store answers.
    call.app.database().programmes(None, 1).await.map_err(refusal::read)?;
    Ok(Answer::plain(ReadyzReply {
        status: "ready".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        tzdb_version: chrono_tz::IANA_TZDB_VERSION.to_owned(),
        attributions: vec![sister_cities_gazetteer::ATTRIBUTION.to_owned()],
    }))
}
